import { Command, Option } from 'commander';
import { runOnce } from '../../local/runner/run-once.ts';
import { nearest } from '../../shared/system/config/keys.ts';
import { type FunctionName, functionNames, functions } from '../../shared/system/map.ts';
import { commandEnvironment } from '../connect.ts';
import { Exit } from '../exit.ts';
import { printJson } from '../options.ts';

interface Options {
  readonly at?: string;
  readonly mode?: 'paper' | 'demo' | 'live';
  readonly json?: boolean;
}

/** `pilot run`: one job once, for a tick. The same tick twice does its work once. */
export function runCommand(): Command {
  return new Command('run')
    .description('run one job now, or for a scheduled time; the same time twice does its work once')
    .addHelpText('before', 'Examples: pilot run scan · pilot run trade --at 2026-11-21T14:00:00Z --mode demo\n')
    .argument('<job>', functionNames.filter(isJob).join(', '))
    .option('--at <time>', 'the scheduled time that names the run; now when left out')
    .addOption(new Option('--mode <mode>', 'highest book that may trade').choices(['paper', 'demo', 'live']))
    .option('--json', 'one JSON value')
    .action(run);
}

async function run(job: string, { at, mode, json }: Options): Promise<void> {
  const name = functionNames.filter(isJob).find((known) => known === job);
  if (name === undefined) {
    const suggestion = nearest(job, functionNames);
    throw new Exit(
      2,
      `${job}: no such job. Fix: ${suggestion ? `did you mean ${suggestion}?` : `use one of ${functionNames.filter(isJob).join(', ')}`}`,
    );
  }
  const tick = new Date(at ?? Date.now());
  if (Number.isNaN(tick.getTime())) throw new Exit(2, `--at ${at}: no time. Fix: write it like 2026-11-21T14:00:00Z`);
  const environment = commandEnvironment();
  const answer = await runOnce(name, {
    tick: tick.toISOString(),
    mode: mode ?? environment.PILOT_MODE ?? 'paper',
    kalshiBaseUrl: environment.KALSHI_BASE_URL,
    log: (line) => void process.stderr.write(`${line}\n`),
  });
  if (json) printJson(answer);
  else process.stdout.write(`${name} for ${tick.toISOString()}: ${JSON.stringify(answer)}\n`);
}

/** What asks for more than a tick has a command of its own. */
function isJob(name: FunctionName): boolean {
  return !('http' in functions[name].trigger) && name !== 'control';
}
