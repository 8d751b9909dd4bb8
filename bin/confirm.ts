import { Exit } from './exit.ts';
import { openTerminal } from './terminal.ts';

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
  const terminal = openTerminal('run it in a terminal, or add --yes');
  try {
    if ((await terminal.ask(`Type ${word} to go on:`)) !== word)
      throw new Exit(1, `declined: nothing was done. Fix: type ${word}, or add --yes`);
  } finally {
    terminal.close();
  }
}
