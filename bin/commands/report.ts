import { Command } from 'commander';
import { Exit } from '../exit.ts';
import { printJson } from '../options.ts';
import type { StoreCommandOptions } from '../show.ts';
import { readsStore, show, withStore } from '../show.ts';
import { reportsView, reportView } from '../views/report.ts';

interface ReportOptions extends StoreCommandOptions {
  readonly latest?: boolean;
}

/** `pilot report`: read what was written. */
export function reportCommand(): Command {
  return readsStore(new Command('report'))
    .description('reports that were kept: a list, one of them, or the latest')
    .addHelpText('before', 'Examples: pilot report --latest\n          pilot report 2026-11-20#daily#paper --json\n')
    .argument('[id]', 'which report, as the list names it')
    .option('--latest', 'the newest one')
    .action(report);
}

async function report(id: string | undefined, options: ReportOptions): Promise<void> {
  if (id === undefined && !options.latest) return show(options, reportsView);
  const view = await withStore(options, (io) => reportView(io, id));
  if (!view) throw new Exit(1, `report ${id ?? ''}: none. Fix: see those there are with pilot report, or make one with pilot analyze`);
  if (options.json) printJson(view.json);
  else process.stdout.write(view.text);
}
