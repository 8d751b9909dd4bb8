import { Argument, Command, Option } from 'commander';
import type { StoreCommandOptions } from '../show.ts';
import { readsStore, withStore } from '../show.ts';
import type { ExportName } from '../views/export.ts';
import { exports, rowsCsv } from '../views/export.ts';

interface ExportOptions extends StoreCommandOptions {
  readonly format: 'json' | 'csv';
}

/** `pilot export`: everything of one kind, to be worked with elsewhere. */
export function exportCommand(): Command {
  return readsStore(new Command('export'))
    .description('all trades, ledger entries, equity points, orders, journal entries, alerts or reports')
    .addHelpText('before', 'Examples: pilot export ledger --format csv > ledger.csv\n          pilot export journal | head\n')
    .addArgument(new Argument('<what>', 'what to take along').choices(Object.keys(exports)))
    .addOption(new Option('--format <format>', 'json is one value a line').choices(['json', 'csv']).default('json'))
    .action(exportRows);
}

async function exportRows(what: ExportName, options: ExportOptions): Promise<void> {
  const rows = await withStore(options, (io) => exports[what](io));
  if (options.format === 'csv') process.stdout.write(rowsCsv(rows));
  else for (const row of rows) process.stdout.write(`${JSON.stringify(row)}\n`);
}
