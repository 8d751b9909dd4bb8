import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import { openTerminal, type Terminal } from '../../bin/terminal.ts';

export interface Scripted {
  readonly terminal: Terminal;
  /** Everything that the person saw. */
  shown(): string;
}

/** The real terminal, with somebody who gives an answer to each question and then goes away; a paste is several lines. */
export function scripted(...answers: readonly string[]): Scripted {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = new PassThrough();
  const seen: string[] = [];
  const waiting = [...answers];
  output.on('data', (chunk) => {
    seen.push(String(chunk));
    if (!/[\])?:] $/.test(String(chunk))) return;
    const next = waiting.shift();
    if (next === undefined) input.end();
    else input.write(`${next}\n`);
  });
  const terminal = openTerminal('add --yes', { input, output });
  onTestFinished(() => terminal.close());
  return { terminal, shown: () => seen.join('') };
}
