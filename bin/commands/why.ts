import { Command } from 'commander';
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
  const view = await whyView(io, subject);
  if (view) return view;
  throw new Exit(1, `${subject}: nothing was written about it in the ${io.book} book. Fix: pilot trades and pilot positions name markets`);
}
