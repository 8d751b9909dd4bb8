import { Command } from 'commander';
import { sha256 } from '../../shared/adapters/crypto/sha256.ts';
import { verifyJournal } from '../../shared/jobs/verify-journal.ts';
import { Exit } from '../exit.ts';
import type { StoreCommandOptions } from '../show.ts';
import { readsStore, show } from '../show.ts';
import type { View, ViewIo } from '../views/view.ts';
import { whyView } from '../views/why.ts';
import { whyNotView } from '../views/why-not.ts';

/** `pilot why`: why it traded or did not. */
export function whyCommand(): Command {
  return readsStore(new Command('why'))
    .description('why it traded or did not: the scan funnel, or all about one order or market')
    .addHelpText('before', 'Examples: pilot why\n          pilot why KXFED-26DEC-T3.75\n')
    .argument('[subject]', 'a client order id or a market ticker')
    .action((subject: string | undefined, options: StoreCommandOptions) => show(options, (io) => about(io, subject)));
}

async function about(io: ViewIo, subject: string | undefined): Promise<View> {
  if (subject === undefined) return whyNotView(io);
  const [view, chain] = await Promise.all([whyView(io, subject), verifyJournal({ journal: io.store.journal, digest: sha256 }, io.book)]);
  if (!chain.ok) throw new Exit(1, `the journal is broken: entry ${chain.seq} ${chain.why}. Fix: compare it with the last backup`);
  if (view) return view;
  throw new Exit(1, `${subject}: nothing was written about it in the ${io.book} book. Fix: pilot trades and pilot positions name markets`);
}
