import { createReadStream, existsSync, statSync, watchFile } from 'node:fs';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { Command, Option } from 'commander';
import { stateFolder } from '../../local/runner/local-names.ts';
import { Exit } from '../exit.ts';
import type { LogFilter } from '../views/logs.ts';
import { logLine, logWanted } from '../views/logs.ts';

interface LogsOptions extends LogFilter {
  readonly follow?: boolean;
  readonly lines: string;
  readonly json?: boolean;
}

/** `pilot logs`: what functions wrote, of the system on this machine. */
export function logsCommand(): Command {
  return new Command('logs')
    .description('what the jobs of this machine wrote down')
    .addHelpText('before', 'Examples: pilot logs --job scan --level warn\n          pilot logs --follow\n')
    .option('--job <name>', 'only this job')
    .addOption(new Option('--level <level>', 'this bad or worse').choices(['info', 'warn', 'error']).default('info'))
    .option('--lines <count>', 'how many of the last', '50')
    .option('--follow', 'go on as they are written')
    .option('--json', 'as they were written, one JSON value a line')
    .action(logs);
}

async function logs(options: LogsOptions): Promise<void> {
  const file = join(stateFolder, 'logs', 'latest.log');
  if (!existsSync(file)) throw new Exit(1, 'logs: nothing was written on this machine yet. Fix: npm start');
  const count = Number(options.lines);
  if (!Number.isInteger(count) || count < 0) throw new Exit(2, `--lines ${options.lines}: no count. Fix: give a whole number`);
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
