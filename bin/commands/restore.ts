import { Command } from 'commander';
import { restore } from '../../local/runner/restore.ts';
import { confirmed } from '../confirm.ts';
import { Exit } from '../exit.ts';
import { printJson } from '../options.ts';

interface Options {
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** `pilot restore`: the tables of this machine as a day's backup has them. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description("put a day's backup back into this machine's tables; the system must be stopped")
    .addHelpText('before', 'Example: pilot restore 2026-11-21\n')
    .argument('<day>', 'day of the backup, like 2026-11-21')
    .option('--yes', 'do not ask')
    .option('--json', 'one JSON value')
    .action(run);
}

async function run(day: string, { yes, json }: Options): Promise<void> {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new Exit(2, `${day}: no day. Fix: write it like 2026-11-21`);
  await confirmed({ what: `Replace what this machine keeps with the backup of ${day}.`, word: 'RESTORE', yes: yes === true });
  const restored = await restore(day, (line) => void process.stderr.write(`${line}\n`));
  if (json) printJson(restored);
  else process.stdout.write(`restored ${restored.state} items of the state and ${restored.reports} reports\n`);
}
