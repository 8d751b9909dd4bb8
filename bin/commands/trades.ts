import { Command } from 'commander';
import { Exit } from '../exit.ts';
import { printJson } from '../options.ts';
import type { StoreCommandOptions } from '../show.ts';
import { readsStore, withStore } from '../show.ts';
import { tradesView } from '../views/trades.ts';

interface TradesOptions extends StoreCommandOptions {
  readonly since?: string;
  readonly csv?: boolean;
}

const spans = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const;

/** `pilot trades`: what was closed. */
export function tradesCommand(): Command {
  return readsStore(new Command('trades'))
    .description('what was closed, newest first')
    .addHelpText('before', 'Examples: pilot trades --since 7d\n          pilot trades --csv > trades.csv\n')
    .option('--since <time>', 'how far back: 12h, 7d, 4w, or a day like 2026-11-20')
    .option('--csv', 'as CSV')
    .action(trades);
}

async function trades(options: TradesOptions): Promise<void> {
  const view = await withStore(options, (io) => tradesView(io, sinceOf(options.since, io.now)));
  if (options.csv) process.stdout.write(view.csv);
  else if (options.json) printJson(view.json);
  else process.stdout.write(view.text);
}

function sinceOf(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const [, amount, unit] = /^(\d{1,5})([hdw])$/.exec(text) ?? [];
  if (amount !== undefined && unit !== undefined) return now - Number(amount) * spans[unit as keyof typeof spans];
  const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new Exit(2, `--since ${text}: no time. Fix: write it like 12h, 7d, 4w or 2026-11-20`);
  return at;
}
