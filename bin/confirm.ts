import { createInterface } from 'node:readline/promises';
import { Exit } from './exit.ts';

export interface Question {
  /** What will happen, as sentences. */
  readonly what: string;
  /** What has to be typed. */
  readonly word: string;
  /** `--yes` was given. */
  readonly yes: boolean;
}

/** Goes on only when the word is typed, or with --yes. Throws Exit(2) where nobody can type, Exit(1) when it was declined. */
export async function confirmed({ what, word, yes }: Question): Promise<void> {
  process.stderr.write(`${what}\n`);
  if (yes) return;
  if (!process.stdin.isTTY) throw new Exit(2, 'nobody can confirm here. Fix: run it in a terminal, or add --yes');
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await asking.question(`Type ${word} to go on: `);
    if (answer.trim() !== word) throw new Exit(1, `declined: nothing was done. Fix: type ${word}, or add --yes`);
  } finally {
    asking.close();
  }
}
