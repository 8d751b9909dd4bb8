import { setTimeout } from 'node:timers/promises';
import { Command } from 'commander';
import { Exit } from '../exit.ts';
import type { StoreCommandOptions } from '../show.ts';
import { readsStore, show, withStore } from '../show.ts';
import { statusView } from '../views/status.ts';

interface StatusOptions extends StoreCommandOptions {
  readonly watch?: boolean;
}

const EVERY_MS = 5_000;
const CLEAR = '\u001b[2J\u001b[H';

/** `pilot status`: how things stand: state, health, money, positions. */
export function statusCommand(): Command {
  return readsStore(new Command('status'))
    .description('how things stand: state, health, money, positions')
    .addHelpText('before', 'Examples: pilot status --json\n          pilot status --watch\n')
    .option('--watch', 'again every 5 seconds, until interrupted')
    .action((options: StatusOptions) => (options.watch ? watch(options) : show(options, statusView)));
}

async function watch(options: StatusOptions): Promise<never> {
  if (!process.stdout.isTTY) throw new Exit(2, 'status --watch: needs a terminal. Fix: leave out --watch, and call it again');
  for (;;) {
    const { text } = await withStore(options, statusView);
    process.stdout.write(`${CLEAR}${text}`);
    await setTimeout(EVERY_MS);
  }
}
