import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { configCommand } from './commands/config.ts';
import { doctorCommand } from './commands/doctor.ts';
import { exchangeCommand } from './commands/exchange.ts';
import { feeCommand } from './commands/fee.ts';
import { historyCommand } from './commands/history.ts';
import { replayCommand } from './commands/replay.ts';
import { sizeCommand } from './commands/size.ts';

/** The whole command line. Each command lives in a file of its name and loads what it needs when it runs. */
export function program(): Command {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  const pilot = new Command('pilot')
    .description('Kalshi Pilot: scan, decide, trade and explain. Paper money unless told otherwise.')
    .version(version)
    .exitOverride()
    .showSuggestionAfterError();
  for (const command of [
    replayCommand(),
    feeCommand(),
    sizeCommand(),
    configCommand(),
    doctorCommand(),
    exchangeCommand(),
    historyCommand(),
  ])
    pilot.addCommand(ending(command));
  return pilot;
}

/** Wrong use of a command, or of a command within it, is thrown, so that it ends with our exit code. */
function ending(command: Command): Command {
  for (const inner of command.commands) ending(inner as Command);
  return command.exitOverride();
}
