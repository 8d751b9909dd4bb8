#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { type StartOptions, startLocal } from '../local/runner/start-local.ts';
import { weekDays } from '../shared/system/map/schedule.ts';
import { adoptEnvFile, modeHere } from './connect.ts';
import { exitCodeOf, explain } from './exit.ts';

/** Without a mode that of the environment or of pilot.config.ts counts. */
type Asked = Omit<StartOptions, 'mode'> & Partial<Pick<StartOptions, 'mode'>>;

/** `npm start`: the whole system on this machine, until it is interrupted. */
function startCommand(): Command {
  return new Command('start')
    .description('run the whole system on this machine: paper money, a simulated exchange, no keys needed')
    .exitOverride()
    .option('--speed <times>', 'how much faster time runs: 60 makes a minute an hour', number(0.1, 600), 60)
    .addOption(new Option('--prices <source>', 'whose prices').choices(['generated', 'live']).default('generated'))
    .addOption(new Option('--mode <mode>', 'demo sends real orders to the simulated exchange').choices(['paper', 'demo']))
    .option('--seed <number>', 'another world', number(0, 2 ** 31 - 1), 1)
    .option('--markets <count>', 'open markets of a new world', number(50, 100_000), 1_000)
    .option('--daily-time <time>', 'when the daily analysis runs, like 10:30')
    .addOption(new Option('--weekly-day <day>', 'day of the weekly analysis').choices([...weekDays]))
    .option('--health-threshold <score>', 'health score below which an alert goes out', number(0, 100))
    .action(async (options: Asked) => startLocal(withKeys({ ...options, mode: await modeHere(options.mode) })));
}

/**
 * Takes the keys of a private `.env` where prices are real. A made-up world at sixty times the speed would spend sixty
 * days' money on models in one, so there only a key in the environment itself counts. Throws ConfigError.
 */
function withKeys(options: StartOptions): StartOptions {
  if (options.prices === 'live') adoptEnvFile();
  return options;
}

function number(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= low && value <= high))
      throw new InvalidArgumentError(`Fix: give a number from ${low} to ${high}.`);
    return value;
  };
}

try {
  await startCommand().parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) process.stderr.write(`${explain(error)}\n`);
  process.exitCode = exitCodeOf(error);
}
