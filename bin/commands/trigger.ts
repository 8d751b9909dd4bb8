import { Argument, Command } from 'commander';
import type { AlertKind } from '../../shared/domain/words/alert.ts';
import { alertKinds } from '../../shared/domain/words/alert.ts';
import { alertNow } from '../../shared/jobs/alerts/raise-alerts.ts';
import { alertIo } from '../alert-way.ts';
import { Exit } from '../exit.ts';
import { printJson } from '../options.ts';
import type { StoreCommandOptions } from '../show.ts';
import { readsStore, withStore } from '../show.ts';
import { testAlert } from '../test-alert.ts';

/** `pilot trigger`: raises any alert for a test, on paper only. */
export function triggerCommand(): Command {
  return readsStore(new Command('trigger'))
    .description('raise an alert for a test, on paper only: it goes the whole way')
    .addHelpText('before', 'Example: pilot trigger cash-low\n')
    .addArgument(new Argument('<kind>', 'what to raise').choices(Object.keys(alertKinds)))
    .action(trigger);
}

async function trigger(kind: AlertKind, options: StoreCommandOptions): Promise<void> {
  const alert = await withStore(options, async (io, opened) => {
    if (io.mode !== 'paper') throw new Exit(4, `trigger: the mode is ${io.mode}. Fix: test alerts in paper mode, or use pilot alerts test`);
    const raised = testAlert(kind, { at: io.now, book: io.book });
    await alertNow(await alertIo(io, opened), [raised]);
    return raised;
  });
  if (options.json) printJson(alert);
  else process.stdout.write(`raised ${alert.cause}. See: pilot alerts\n`);
}
