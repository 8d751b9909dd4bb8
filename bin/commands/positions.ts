import { Command } from 'commander';
import { readsStore, show } from '../show.ts';
import { positionsView } from '../views/positions.ts';

/** `pilot positions`: what is held and what rests, at the bids last seen. */
export function positionsCommand(): Command {
  return readsStore(new Command('positions'))
    .description('what is held and what rests, at the bids last seen')
    .addHelpText('before', 'Example: pilot positions --json\n')
    .action((options) => show(options, positionsView));
}
