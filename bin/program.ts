import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { nearest } from '../shared/system/config/keys.ts';
import { aiCommand } from './commands/ai.ts';
import { alertsCommand } from './commands/alerts.ts';
import { analyzeCommand } from './commands/analyze.ts';
import { awsCommand } from './commands/aws.ts';
import { backupCommand } from './commands/backup.ts';
import { calibrationCommand } from './commands/calibration.ts';
import { callCommand } from './commands/call.ts';
import { completionCommand } from './commands/completion.ts';
import { configCommand } from './commands/config.ts';
import { dashboardCommand } from './commands/dashboard.ts';
import { doctorCommand } from './commands/doctor.ts';
import { emergencyCommand } from './commands/emergency.ts';
import { exchangeCommand } from './commands/exchange.ts';
import { exportCommand } from './commands/export.ts';
import { feeCommand } from './commands/fee.ts';
import { goLiveCommand } from './commands/golive.ts';
import { haltCommand } from './commands/halt.ts';
import { historyCommand } from './commands/history.ts';
import { interactiveCommand } from './commands/interactive.ts';
import { jobsCommand } from './commands/jobs.ts';
import { ledgerCommand } from './commands/ledger.ts';
import { logsCommand } from './commands/logs.ts';
import { noteCommand } from './commands/note.ts';
import { pauseCommand } from './commands/pause.ts';
import { pnlCommand } from './commands/pnl.ts';
import { positionsCommand } from './commands/positions.ts';
import { replayCommand } from './commands/replay.ts';
import { reportCommand } from './commands/report.ts';
import { restoreCommand } from './commands/restore.ts';
import { resumeCommand } from './commands/resume.ts';
import { riskCommand } from './commands/risk.ts';
import { runCommand } from './commands/run.ts';
import { scanCommand } from './commands/scan.ts';
import { secretsCommand } from './commands/secrets.ts';
import { setupCommand } from './commands/setup.ts';
import { shardsCommand } from './commands/shards.ts';
import { sizeCommand } from './commands/size.ts';
import { statusCommand } from './commands/status.ts';
import { strategiesCommand } from './commands/strategies.ts';
import { streamCommand } from './commands/stream.ts';
import { tradeCommand } from './commands/trade.ts';
import { tradesCommand } from './commands/trades.ts';
import { triggerCommand } from './commands/trigger.ts';
import { whyCommand } from './commands/why.ts';
import { Exit } from './exit.ts';
import { beQuiet } from './talk.ts';

/** The whole command line. Each command lives in a file of its name and loads what it needs when it runs. */
export function program(): Command {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  const pilot = new Command('pilot')
    .description('Kalshi Pilot: scan, decide, trade and explain. Paper money unless told otherwise.')
    .version(version)
    .exitOverride()
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .hook('preAction', (_pilot, command) => beQuiet(command.opts<{ readonly quiet?: boolean }>().quiet === true));
  for (const [heading, commands] of groups) for (const make of commands) pilot.addCommand(ending(make()).helpGroup(heading));
  return pilot;
}

/** Each command can be quiet. Wrong use of it, or of a command within it, is thrown, so that it ends with our exit code. */
function ending(command: Command): Command {
  for (const inner of command.commands) ending(inner as Command);
  command.option('--quiet', 'only what was asked for, and errors');
  return command.exitOverride((error) => {
    const [word] = command.args;
    // A command that also does something by itself takes the name of no command of its own for one word too many.
    if (error.code !== 'commander.excessArguments' || command.commands.length === 0 || word === undefined) throw error;
    const names = command.commands.map((inner) => inner.name());
    throw new Exit(2, `${word}: no such command of ${command.name()}. Fix: did you mean ${nearest(word, names) ?? names.join(', ')}?`);
  });
}

/** In the order help lists them. */
const groups: readonly (readonly [string, readonly (() => Command)[]])[] = [
  [
    'See:',
    [
      ...[statusCommand, whyCommand, positionsCommand, tradesCommand, pnlCommand, ledgerCommand, riskCommand, strategiesCommand],
      ...[jobsCommand, alertsCommand, logsCommand, reportCommand, aiCommand, calibrationCommand, exportCommand, dashboardCommand],
    ],
  ],
  [
    'Act:',
    [
      ...[scanCommand, runCommand, tradeCommand, analyzeCommand, noteCommand, pauseCommand, resumeCommand, haltCommand, emergencyCommand],
      ...[triggerCommand, () => interactiveCommand((words) => program().parseAsync([...words], { from: 'user' }))],
    ],
  ],
  [
    'Set up:',
    [
      ...[setupCommand, awsCommand, goLiveCommand, doctorCommand, configCommand, secretsCommand],
      ...[backupCommand, restoreCommand, completionCommand],
    ],
  ],
  ['Study:', [...[replayCommand, feeCommand, sizeCommand, historyCommand, exchangeCommand, callCommand, streamCommand, shardsCommand]]],
];
