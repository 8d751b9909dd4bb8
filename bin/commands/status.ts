import { Command } from 'commander';
import { readsStore, show } from '../show.ts';
import { statusView } from '../views/status.ts';

/** `pilot status`: how things stand: state, health, money, positions. */
export function statusCommand(): Command {
  return readsStore(new Command('status'))
    .description('how things stand: state, health, money, positions')
    .addHelpText('before', 'Example: pilot status --json\n')
    .action((options) => show(options, statusView));
}
