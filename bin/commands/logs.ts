import { createReadStream, existsSync, statSync, watchFile } from 'node:fs';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { Command, Option } from 'commander';
import { stateFolder } from '../../local/runner/local-names.ts';
import { functionNames } from '../../shared/system/map.ts';
import { cloudLines } from '../aws/cloud-logs.ts';
import { Exit } from '../exit.ts';
import type { LogFilter } from '../views/logs.ts';
import { logLine, logWanted } from '../views/logs.ts';

interface LogsOptions extends LogFilter {
  readonly follow?: boolean;
  readonly lines: string;
  readonly json?: boolean;
  readonly env: 'local' | 'aws';
  readonly since: string;
}

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `pilot logs`: what functions wrote, here or in AWS. */
export function logsCommand(place: 'local' | 'aws' = 'local'): Command {
  return new Command('logs')
    .description('what the jobs wrote down')
    .addHelpText('before', 'Examples: pilot logs --job scan --level warn\n          pilot logs --follow\n')
    .addOption(new Option('--env <place>', 'this machine, or your AWS account').choices(['local', 'aws']).default(place))
    .addOption(new Option('--job <name>', 'only this job').choices(functionNames))
    .option('--since <time>', 'how far back in AWS: 15m, 12h, 7d', '1h')
    .addOption(new Option('--level <level>', 'this bad or worse').choices(['info', 'warn', 'error']).default('info'))
    .option('--lines <count>', 'how many of the last', '50')
    .option('--follow', 'go on as they are written')
    .option('--json', 'as they were written, one JSON value a line')
    .action(logs);
}

async function logs(options: LogsOptions): Promise<void> {
  const count = Number(options.lines);
  if (!Number.isInteger(count) || count < 0) throw new Exit(2, `--lines ${options.lines}: no count. Fix: give a whole number`);
  return options.env === 'aws' ? showCloud(options, count) : showFile(options, count);
}

/** In AWS only what is asked for is read: each line that is looked at costs. */
async function showCloud(options: LogsOptions, count: number): Promise<void> {
  const [, amount, unit] = /^(\d{1,4})([mhd])$/.exec(options.since) ?? [];
  if (amount === undefined || unit === undefined) throw new Exit(2, `--since ${options.since}: no time. Fix: write it like 15m, 12h or 7d`);
  const since = Date.now() - Number(amount) * units[unit as keyof typeof units];
  const jobs = functionNames.filter((name) => options.job === undefined || name === options.job);
  const last: string[] = [];
  for await (const line of cloudLines({ jobs, since, follow: options.follow ?? false })) {
    if (!logWanted(line, options)) continue;
    if (options.follow) print(line, options);
    else last.push(line);
  }
  for (const line of last.slice(-count)) print(line, options);
}

async function showFile(options: LogsOptions, count: number): Promise<void> {
  const file = join(stateFolder, 'logs', 'latest.log');
  if (!existsSync(file)) throw new Exit(1, 'logs: nothing was written on this machine yet. Fix: npm start');
  const last: string[] = [];
  for await (const line of linesFrom(file, 0)) {
    if (!logWanted(line, options)) continue;
    last.push(line);
    if (last.length > count) last.shift();
  }
  for (const line of last) print(line, options);
  if (options.follow) follow(file, options);
}

/** Prints what is added, until the command is interrupted. */
function follow(file: string, options: LogsOptions): void {
  let read = statSync(file).size;
  watchFile(file, { interval: 500 }, ({ size }) => {
    const from = size < read ? 0 : read;
    read = size;
    linesFrom(file, from).on('line', (line) => {
      if (logWanted(line, options)) print(line, options);
    });
  });
}

function linesFrom(file: string, start: number): Interface {
  return createInterface({ input: createReadStream(file, { start }), crlfDelay: Number.POSITIVE_INFINITY });
}

function print(line: string, { json }: LogsOptions): void {
  process.stdout.write(`${json ? line : logLine(line)}\n`);
}
