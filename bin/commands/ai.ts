import { Command } from 'commander';
import { Exit } from '../exit.ts';
import type { StoreCommandOptions } from '../show.ts';
import { readsStore, show } from '../show.ts';
import { aiView } from '../views/ai.ts';

interface AiOptions extends StoreCommandOptions {
  readonly limit: string;
}

/** `pilot ai`: what models cost and what they said. */
export function aiCommand(): Command {
  return readsStore(new Command('ai'))
    .description('what models cost, what is left, and what they said beside the market')
    .addHelpText('before', 'Example: pilot ai --limit 5\n')
    .option('--limit <count>', 'how many decisions', '20')
    .action((options: AiOptions) => show(options, (io) => aiView(io, limitOf(options.limit))));
}

function limitOf(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1_000) return limit;
  throw new Exit(2, `--limit ${text}: no count. Fix: give a whole number from 1 to 1000`);
}
