import { Command } from 'commander';
import { runOnce } from '../../local/runner/run-once.ts';
import { commandEnvironment } from '../connect.ts';
import { Exit } from '../exit.ts';
import { printJson } from '../options.ts';

interface Options {
  readonly json?: boolean;
}

/** The function's answer: items written, or why it did nothing. */
type Backup = { readonly state: number; readonly reports: number } | { readonly why: string };

/** `pilot backup`: the job that also runs every day, now. */
export function backupCommand(): Command {
  return new Command('backup')
    .description('write all that is kept to the recordings, as every day; `pilot restore DAY` puts it back')
    .addHelpText('before', 'Example: pilot backup\n')
    .option('--json', 'one JSON value')
    .action(run);
}

async function run({ json }: Options): Promise<void> {
  const { PILOT_MODE: mode = 'paper', KALSHI_BASE_URL: kalshiBaseUrl } = commandEnvironment();
  const tick = new Date().toISOString();
  const log = (line: string) => void process.stderr.write(`${line}\n`);
  const answer = (await runOnce('backup', { tick, mode, kalshiBaseUrl, log })) as Backup;
  if ('why' in answer) throw new Exit(1, `nothing was backed up: ${answer.why}. Fix: wait for it, then run it again`);
  const { state, reports } = answer;
  const day = tick.slice(0, 10);
  if (json) printJson({ day, state, reports });
  else process.stdout.write(`backed up ${state} items of the state and ${reports} reports. To put them back: pilot restore ${day}\n`);
}
