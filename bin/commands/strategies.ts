import { Command } from 'commander';
import { readsStore, show } from '../show.ts';
import { strategiesView } from '../views/strategies.ts';

/** `pilot strategies`: where each strategy may trade and what it made. */
export function strategiesCommand(): Command {
  return readsStore(new Command('strategies'))
    .description('where each strategy may trade and what it made')
    .addHelpText('before', 'Example: pilot strategies --json\n')
    .action((options) => show(options, strategiesView));
}
