import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { fetchHistory } from '../../local/history/fetch-history.ts';
import { commandEnvironment, connectAs } from '../connect.ts';
import { collect, printJson } from '../options.ts';
import { progressBar } from '../progress.ts';

interface Options {
  readonly series: readonly string[];
  readonly days: number;
  readonly out: string;
  readonly json?: boolean;
}

/** `pilot history fetch`: what a fresh install needs to backtest, train and see dips on its first day. */
export function historyCommand(): Command {
  const command = new Command('history')
    .description('what markets did before this machine was watching')
    .addHelpText('before', 'Example: pilot history fetch --series KXHIGHNY --days 30\n');
  command
    .command('fetch')
    .description('download settled markets and their hourly candles into a panel; goes on where it was interrupted')
    .addHelpText('before', 'Example: pilot history fetch --series KXHIGHNY --days 30 --out highny.csv.gz\n')
    .option('--series <ticker>', 'only this series (repeatable); all when left out', collect, [])
    .option('--days <count>', 'how many days back, up to 400', days, 7)
    .option('--out <file>', 'the panel; gzipped when it ends in .gz', '.pilot/history/panel.csv.gz')
    .option('--json', 'one JSON value')
    .action(run);
  return command;
}

async function run({ series, days, out, json }: Options): Promise<void> {
  const { transport } = await connectAs(commandEnvironment());
  let bar = progressBar('history', 0);
  const done = await fetchHistory(
    transport,
    { series, days, out: resolve(out) },
    {
      begin(markets, before) {
        bar = progressBar('history', markets);
        if (before > 0) process.stderr.write(`Going on after ${before} of ${markets} markets.\n`);
        bar.tick(before);
      },
      tick: (markets) => bar.tick(markets),
    },
  ).finally(() => bar.done());
  if (json) return printJson(done);
  process.stdout.write(`${done.markets} markets, ${done.rows} rows in ${out}\n`);
  process.stderr.write(`Hourly candles, low fidelity. Next: pilot replay --panel ${out} --set scan.volumeField=volume\n`);
}

function days(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > 400) throw new InvalidArgumentError('Fix: give a whole number of days from 1 to 400.');
  return count;
}
