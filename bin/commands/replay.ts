import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { readPanel } from '../../local/replay/panel.ts';
import { playTapes } from '../../local/replay/play-tapes.ts';
import { readPolls } from '../../local/replay/polls.ts';
import { holdsOnlyStream, readRecording, readStream } from '../../local/replay/recorded-scans.ts';
import type { Recording } from '../../local/replay/recording.ts';
import type { ScanLine } from '../../local/replay/replay.ts';
import { replay } from '../../local/replay/replay.ts';
import { fillsCsv, summaryOf } from '../../local/replay/summary.ts';
import { strategies } from '../../shared/domain/strategies/strategies.ts';
import { Exit } from '../exit.ts';
import type { ConfigOptions } from '../options.ts';
import { collect, loadConfig, printJson } from '../options.ts';
import { progressBar } from '../progress.ts';
import { replayL2 } from './replay-l2.ts';
import { summaryText } from './replay-text.ts';

interface ReplayOptions extends ConfigOptions {
  readonly panel?: string;
  readonly polls?: string;
  readonly l2?: string;
  readonly recording?: string;
  readonly outcomes?: string;
  readonly until?: string;
  readonly cash?: string;
  readonly strategy: readonly string[];
  readonly fills?: string;
  readonly json?: boolean;
}

/** `pilot replay`: the whole loop over recorded markets, through the code that also runs live. */
export function replayCommand(): Command {
  return new Command('replay')
    .description('run the whole loop over recorded markets')
    .addHelpText('before', 'Example: pilot replay --panel panel.csv.gz --set scan.volumeField=volume --fills fills.csv\n')
    .option('--panel <file>', 'settled panel (CSV, gzip or not)')
    .option('--polls <file>', 'recorded pages of GET /markets, one JSON line a poll (gzip or not)')
    .option('--l2 <folder>', 'recorded order books (.ndjson, gzip or not) with the cards of their events')
    .option('--recording <place>', 'what the system recorded: a folder, or s3://bucket')
    .option('--outcomes <file>', 'how polled or recorded markets ended')
    .option('--until <time>', 'stop after the scan, or the messages, at this time')
    .option('--cash <dollars>', 'starting cash')
    .option('--strategy <name>', 'only this strategy (repeatable)', collect, [])
    .option('--set <key=value>', 'a setting for this run (repeatable)', collect, [])
    .option('--preset <name>', "a seed's numbers")
    .option('--fills <file>', 'write every fill and settlement as CSV')
    .option('--json', 'one JSON line a scan or tape, then the summary')
    .action(run);
}

async function run(options: ReplayOptions): Promise<void> {
  const sets = [...(options.set ?? []), ...(options.cash === undefined ? [] : [`capital.cash=${options.cash}`])];
  const config = await loadConfig({ ...options, set: sets });
  for (const name of options.strategy) {
    if (!strategies.some((strategy) => strategy.name === name))
      throw new Exit(2, `--strategy ${name}: not known. Fix: use one of ${strategies.map((strategy) => strategy.name).join(', ')}`);
  }
  if (options.recording !== undefined && (await holdsOnlyStream(options.recording))) return playStream(options.recording, options);
  const until = timeOf(options.until);
  onlySource(options);
  if (options.l2 !== undefined) {
    await replayL2(options.l2, { config, only: options.strategy, ...(until === undefined ? {} : { until }) }, options);
    return;
  }
  const recording = await read(options);
  const running = replay(recording, { config, only: options.strategy, ...(until === undefined ? {} : { until }) });
  const bar = progressBar('replay', recording.scans.length);
  const totals: ScanLine[] = [];
  for (;;) {
    const next = await running.next();
    if (next.done) {
      bar.done();
      if (options.fills !== undefined) await writeFile(options.fills, await fillsCsv(next.value));
      const summary = await summaryOf(next.value, recording);
      if (options.json) printJson({ summary });
      else process.stdout.write(summaryText(totals, summary));
      return;
    }
    bar.tick();
    if (options.json) printJson(next.value);
    else totals.push(next.value);
  }
}

function onlySource({ panel, polls, l2, recording }: ReplayOptions): void {
  if ([panel, polls, l2, recording].filter((source) => source !== undefined).length !== 1)
    throw new Exit(2, 'replay: no recording. Fix: give one of --panel FILE, --polls FILE, --l2 FOLDER or --recording PLACE');
}

/** Books and trades of a stream, without the loop: a stream shows a few markets, not the choice a scan has. */
async function playStream(place: string, { json }: ReplayOptions): Promise<void> {
  const { lines, summary } = await playTapes(readStream(place));
  if (json) {
    for (const line of lines) printJson(line);
    return printJson({ summary });
  }
  for (const { ticker, lastMid } of lines) process.stdout.write(`${ticker}  ${lastMid ?? 'no quote'}\n`);
  const { tapes, messages, trades, gaps, firstAt, lastAt } = summary;
  process.stdout.write(
    `${messages} messages, ${trades} trades and ${gaps} gaps in ${tapes} pieces, ${firstAt ?? '?'} to ${lastAt ?? '?'}\n`,
  );
}

async function read({ panel, polls, recording, outcomes }: ReplayOptions): Promise<Recording> {
  if (panel !== undefined) return readPanel(panel);
  if (recording !== undefined) return readRecording(recording, outcomes);
  return readPolls(polls ?? '', outcomes);
}

function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new Exit(2, `--until ${text}: no time. Fix: write it like 2026-03-31T15:00:00Z`);
  return at;
}
