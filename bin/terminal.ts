import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { Exit } from './exit.ts';

/** Somebody who reads and types: questions on stderr, answers a line at a time. */
export interface Terminal {
  say(text: string): void;
  /** The answer without surrounding blanks, or the preset for an empty one. Throws Exit(1) when the input ends. */
  ask(question: string, preset?: string): Promise<string>;
  /** As `ask`, and what is typed is not shown. */
  askHidden(question: string): Promise<string>;
  /** The next line, as it was typed or pasted. */
  line(): Promise<string>;
  close(): void;
}

export interface TerminalStreams {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/** Opens this process's terminal. Throws Exit(2) with `fix` where nobody can type: a prompt there would wait for ever. */
export function openTerminal(fix: string, streams: TerminalStreams = { input: process.stdin, output: process.stderr }): Terminal {
  const { input, output } = streams;
  if (!input.isTTY) throw new Exit(2, `nobody can type here. Fix: ${fix}`);
  let hidden = false;
  const screen = new Writable({
    write(chunk, _encoding, done) {
      if (!hidden) output.write(chunk);
      done();
    },
  });
  const reading = createInterface({ input, output: screen, terminal: true });
  // A pasted key comes faster than anybody asks for it: what follows its first line is not shown.
  reading.on('line', (line) => {
    if (line.startsWith('-----BEGIN')) hidden = true;
    if (line.startsWith('-----END')) hidden = false;
  });
  const lines = lineQueue(reading);
  const say = (text: string) => void output.write(`${text}\n`);
  const ask = async (question: string, preset?: string) => {
    output.write(`${question}${preset === undefined ? '' : ` [${preset}]`} `);
    const answer = (await lines.next()).trim();
    return answer === '' && preset !== undefined ? preset : answer;
  };
  const askHidden = async (question: string) => {
    hidden = true;
    output.write(`${question} `);
    try {
      return (await lines.next()).trim();
    } finally {
      hidden = false;
      output.write('\n');
    }
  };
  return { say, ask, askHidden, line: lines.next, close: lines.close };
}

/** Lines in the order they came: a pasted text brings several before anybody asks for them. */
function lineQueue(reading: ReturnType<typeof createInterface>) {
  const queue: string[] = [];
  let waiting: { readonly give: (line: string) => void; readonly fail: (error: Exit) => void } | undefined;
  let ended = false;
  const declined = () => new Exit(1, 'declined: nothing more was typed. Fix: run it again when you are ready');
  reading.on('line', (line) => {
    if (waiting) waiting.give(line);
    else queue.push(line);
    waiting = undefined;
  });
  reading.on('close', () => {
    ended = true;
    waiting?.fail(declined());
  });
  return {
    next: () =>
      new Promise<string>((give, fail) => {
        const line = queue.shift();
        if (line !== undefined) give(line);
        else if (ended) fail(declined());
        else waiting = { give, fail };
      }),
    close: () => reading.close(),
  };
}
