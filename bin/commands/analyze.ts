import { Command } from 'commander';
import { analyseNow } from '../analyse-now.ts';
import { printJson } from '../options.ts';
import type { StoreCommandOptions } from '../show.ts';
import { readsStore, withStore } from '../show.ts';

interface AnalyzeOptions extends StoreCommandOptions {
  readonly weekly?: boolean;
}

/** `pilot analyze`: a report of now, with a model's text under it. */
export function analyzeCommand(): Command {
  return readsStore(new Command('analyze'))
    .description('have the analyst read the day, or the week, now')
    .addHelpText('before', 'Example: pilot analyze --weekly\n')
    .option('--weekly', 'the week, deeper: trends, strategies, by hand against automated')
    .action(analyze);
}

async function analyze(options: AnalyzeOptions): Promise<void> {
  const kind = options.weekly ? 'weekly' : 'daily';
  const view = await withStore(options, (io, opened) => analyseNow(io, opened, kind));
  if (options.json) printJson(view.json);
  else process.stdout.write(view.text);
}
