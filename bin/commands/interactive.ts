import { Command, CommanderError } from 'commander';
import { Exit, explain } from '../exit.ts';
import { openTerminal, type TerminalStreams } from '../terminal.ts';

/** What people ask for most, with a word on each; every other command works too. */
const verbs: Readonly<Record<string, string>> = {
  status: 'how things stand',
  why: 'why it traded or did not',
  risk: 'every limit beside its value',
  analyze: 'have the analyst read the day',
  report: 'reports that were kept',
  pause: 'no new buys',
  resume: 'go on, with --reason',
  emergency: 'stop everything now',
};

const FIX = 'call the commands themselves, like pilot status';

/** Runs one command line, as the shell would. */
export type RunWords = (words: readonly string[]) => Promise<unknown>;

/** `pilot interactive`: the same commands, one after another, until `quit`. */
export function interactiveCommand(run: RunWords, streams?: TerminalStreams): Command {
  return new Command('interactive')
    .description('type commands one after another, with a menu of the usual ones')
    .addHelpText('before', 'Example: pilot interactive\n')
    .action(() => interact(run, streams));
}

async function interact(run: RunWords, streams: TerminalStreams | undefined): Promise<void> {
  openTerminal(FIX, streams).close();
  process.stderr.write(`${menu()}\n`);
  for (;;) {
    const words = await nextWords(streams);
    if (words === undefined || ['quit', 'exit', 'q'].includes(words[0] ?? '')) return;
    if (words.length > 0) await runKept(run, words);
  }
}

function menu(): string {
  const width = Math.max(...Object.keys(verbs).map((verb) => verb.length));
  const rows = Object.entries(verbs).map(([verb, about]) => `  ${verb.padEnd(width)}  ${about}`);
  return [...rows, '', '  Any other command works too: help lists them, quit leaves.'].join('\n');
}

/** A terminal for this line only, so that a command may ask questions of its own. Undefined when nobody types on. */
async function nextWords(streams: TerminalStreams | undefined): Promise<readonly string[] | undefined> {
  const terminal = openTerminal(FIX, streams);
  try {
    const line = await terminal.ask('pilot>');
    return wordsOf(line.replace(/^pilot\s+/, ''));
  } catch (error) {
    if (error instanceof Exit) return undefined;
    throw error;
  } finally {
    terminal.close();
  }
}

/** What goes wrong with one command is said, and the next one is asked for. */
async function runKept(run: RunWords, words: readonly string[]): Promise<void> {
  try {
    await run(words);
  } catch (error) {
    if (!(error instanceof CommanderError)) process.stderr.write(`${explain(error)}\n`);
  }
}

/** Words as a shell cuts them: quotes hold blanks together. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, plain]) => double ?? single ?? plain ?? '');
}
