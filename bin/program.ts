import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { aiCommand } from './commands/ai.ts';
import { analyzeCommand } from './commands/analyze.ts';
import { calibrationCommand } from './commands/calibration.ts';
import { callCommand } from './commands/call.ts';
import { configCommand } from './commands/config.ts';
import { doctorCommand } from './commands/doctor.ts';
import { exchangeCommand } from './commands/exchange.ts';
import { feeCommand } from './commands/fee.ts';
import { historyCommand } from './commands/history.ts';
import { pnlCommand } from './commands/pnl.ts';
import { positionsCommand } from './commands/positions.ts';
import { replayCommand } from './commands/replay.ts';
import { reportCommand } from './commands/report.ts';
import { riskCommand } from './commands/risk.ts';
import { runCommand } from './commands/run.ts';
import { shardsCommand } from './commands/shards.ts';
import { sizeCommand } from './commands/size.ts';
import { statusCommand } from './commands/status.ts';
import { strategiesCommand } from './commands/strategies.ts';
import { streamCommand } from './commands/stream.ts';
import { tradesCommand } from './commands/trades.ts';
import { whyCommand } from './commands/why.ts';

/** The whole command line. Each command lives in a file of its name and loads what it needs when it runs. */
export function program(): Command {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  const pilot = new Command('pilot')
    .description('Kalshi Pilot: scan, decide, trade and explain. Paper money unless told otherwise.')
    .version(version)
    .exitOverride()
    .showSuggestionAfterError();
  for (const command of commands()) pilot.addCommand(ending(command));
  return pilot;
}

/** Wrong use of a command, or of a command within it, is thrown, so that it ends with our exit code. */
function ending(command: Command): Command {
  for (const inner of command.commands) ending(inner as Command);
  return command.exitOverride();
}

/** In the order help lists them: what people look at, then what they do, then tools. */
function commands(): readonly Command[] {
  return [
    statusCommand(),
    whyCommand(),
    positionsCommand(),
    tradesCommand(),
    pnlCommand(),
    riskCommand(),
    strategiesCommand(),
    reportCommand(),
    analyzeCommand(),
    calibrationCommand(),
    aiCommand(),
    streamCommand(),
    runCommand(),
    callCommand(),
    configCommand(),
    doctorCommand(),
    exchangeCommand(),
    feeCommand(),
    historyCommand(),
    replayCommand(),
    shardsCommand(),
    sizeCommand(),
  ];
}
