import { Command, Option } from 'commander';
import { runOnce } from '../../local/runner/run-once.ts';
import { findRunning } from '../../local/runner/running.ts';
import { pacedClock, parsePace, wallClock } from '../../shared/adapters/clock/clocks.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { nearest } from '../../shared/system/config/keys.ts';
import { type FunctionName, functionNames, functions } from '../../shared/system/map.ts';
import { ask } from '../ask.ts';
import { adoptEnvFile, commandEnvironment, modeOf } from '../connect.ts';
import { Exit } from '../exit.ts';
import { printJson } from '../options.ts';
import { talk } from '../talk.ts';
import { waiting } from '../waiting.ts';

interface Options {
  readonly at?: string;
  readonly mode?: 'paper' | 'demo' | 'live';
  readonly env: 'local' | 'aws';
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
    .addOption(new Option('--env <place>', 'this machine, or your AWS account').choices(['local', 'aws']).default('local'))
    .option('--json', 'one JSON value')
    .action(run);
}

async function run(job: string, { at, mode, env, json }: Options): Promise<void> {
  const name = functionNames.filter(isJob).find((known) => known === job);
  if (name === undefined) {
    const suggestion = nearest(job, functionNames);
    throw new Exit(
      2,
      `${job}: no such job. Fix: ${suggestion ? `did you mean ${suggestion}?` : `use one of ${functionNames.filter(isJob).join(', ')}`}`,
    );
  }
  const tick = new Date(at ?? clockOf(env).now());
  if (Number.isNaN(tick.getTime())) throw new Exit(2, `--at ${at}: no time. Fix: write it like 2026-11-21T14:00:00Z`);
  const answer = env === 'aws' ? await runDeployed(name, tick, mode) : await runHere(name, tick, mode);
  if (json) printJson(answer);
  else process.stdout.write(`${name} for ${tick.toISOString()}: ${JSON.stringify(answer)}\n`);
}

/** The time of the system that runs here: for one that lives faster, a tick of ours would be long past. */
function clockOf(env: Options['env']): Clock {
  const running = env === 'local' ? findRunning() : undefined;
  return running ? pacedClock(parsePace(running.clock)) : wallClock;
}

/** The deployed function knows its own mode. */
function runDeployed(name: FunctionName, tick: Date, mode: Options['mode']): Promise<unknown> {
  if (mode !== undefined) throw new Exit(2, 'run: --mode is what was deployed. Fix: leave it out, or pilot aws up --mode MODE');
  return ask({ running: undefined, env: 'aws' }, name, { tick: tick.toISOString() });
}

async function runHere(name: FunctionName, tick: Date, mode: Options['mode']): Promise<unknown> {
  adoptEnvFile();
  const environment = commandEnvironment();
  const settings = {
    tick: tick.toISOString(),
    mode: await modeOf(mode),
    kalshiBaseUrl: environment.KALSHI_BASE_URL,
    log: talk,
  };
  return waiting(name, runOnce(name, settings));
}

/** What asks for more than a tick has a command of its own. */
function isJob(name: FunctionName): boolean {
  return !('http' in functions[name].trigger) && name !== 'control';
}
