import { Command } from 'commander';
import type { StoreCommandOptions } from '../show.ts';
import { readsStore, show } from '../show.ts';
import { riskView } from '../views/risk.ts';

/** `pilot risk`: every risk check, and what would put it right. */
export function riskCommand(): Command {
  return readsStore(new Command('risk'))
    .description('every risk check with its value and target')
    .addHelpText('before', 'Example: pilot risk --fix\n')
    .option('--fix', 'what would put right what is wrong')
    .action((options: StoreCommandOptions & { readonly fix?: boolean }) => show(options, (io) => riskView(io, options.fix ?? false)));
}
