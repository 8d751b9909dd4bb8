import { Command, Option } from 'commander';
import type { StoreCommandOptions } from '../show.ts';
import { readsStore, show } from '../show.ts';
import { pnlSlices, pnlView } from '../views/pnl.ts';

/** `pilot pnl`: what was made, net of fees. */
export function pnlCommand(): Command {
  return readsStore(new Command('pnl'))
    .description('what was made, net of fees: today, 7 days, 30 days, all')
    .addHelpText('before', 'Examples: pilot pnl\n          pilot pnl --by strategy\n')
    .addOption(new Option('--by <what>', 'closed trades by what they share').choices(pnlSlices))
    .action((options: StoreCommandOptions & { readonly by?: (typeof pnlSlices)[number] }) =>
      show(options, (io) => pnlView(io, options.by)),
    );
}
