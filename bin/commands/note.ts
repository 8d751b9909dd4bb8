import { Command } from 'commander';
import { sha256 } from '../../shared/adapters/crypto/sha256.ts';
import { plain } from '../../shared/domain/words/plain-text.ts';
import { NOTE } from '../../shared/jobs/daily-report.ts';
import { writeJournal } from '../../shared/jobs/write-journal.ts';
import { Exit } from '../exit.ts';
import { printJson } from '../options.ts';
import type { StoreCommandOptions } from '../show.ts';
import { readsStore, withStore } from '../show.ts';

const LONGEST = 1000;

/** `pilot note`: an observation of yours, kept in the journal and told in the daily report. */
export function noteCommand(): Command {
  return readsStore(new Command('note'))
    .description('write an observation into the journal; the daily report tells it')
    .addHelpText('before', 'Example: pilot note "weather markets move at 9"\n')
    .argument('<text>', 'what you saw')
    .action(note);
}

async function note(said: string, options: StoreCommandOptions): Promise<void> {
  const text = plain(said, LONGEST);
  if (text === '') throw new Exit(2, 'note: text is empty. Fix: pilot note "what you saw"');
  await withStore(options, ({ store, book, now }) =>
    writeJournal({ journal: store.journal, digest: sha256 }, book, now, [{ kind: NOTE, subject: NOTE, body: { text } }]),
  );
  if (options.json) printJson({ text });
  else process.stdout.write('noted\n');
}
