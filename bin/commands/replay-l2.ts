import { writeFile } from 'node:fs/promises';
import type { ReplayOptions } from '../../local/replay/replay.ts';
import type { TapeLine } from '../../local/replay/replay-tapes.ts';
import { TapeReplay } from '../../local/replay/replay-tapes.ts';
import { entriesCsv, tapesSummary } from '../../local/replay/summary.ts';
import { findTapes } from '../../local/replay/tape-files.ts';
import { printJson } from '../options.ts';
import { progressBar } from '../progress.ts';

/** `pilot replay --l2`: recorded order books, message by message, a line per market and then the summary. */
export async function replayL2(folder: string, options: ReplayOptions, output: { readonly json?: boolean; readonly fills?: string }) {
  const tapes = await findTapes(folder);
  const run = new TapeReplay(options);
  const bar = progressBar('replay', tapes.length);
  const lines: TapeLine[] = [];
  for (const load of tapes) {
    const played = run.play(await load());
    bar.tick();
    if (output.json) for (const line of played) printJson(line);
    lines.push(...played);
  }
  bar.done();
  if (output.fills !== undefined) await writeFile(output.fills, await entriesCsv(run.desk.paper.entries));
  const summary = tapesSummary(run);
  if (output.json) printJson({ summary });
  else process.stdout.write(tapesText(lines, summary));
}

function tapesText(lines: readonly TapeLine[], summary: ReturnType<typeof tapesSummary>): string {
  const width = Math.max(...lines.map(({ ticker }) => ticker.length));
  return [
    ...lines.map(
      ({ ticker, lastMid, result }) => `  ${ticker.padEnd(width)}  last mid ${lastMid ?? 'none'}  ${result ?? 'result unknown'}`,
    ),
    '',
    `  ${summary.tapes} tapes, ${summary.messages} messages, ${summary.quotes} changes of the best prices`,
    `  books: ${summary.negativeLevels} negative levels, ${summary.crossedBooks} crossed, ${summary.gaps} gaps, ${summary.unreadable} unreadable lines`,
    `  ${summary.signals} signals → ${summary.approved} approved, ${summary.refused} refused; ${summary.exits} exits; ${summary.fills} fills`,
    `  ${summary.trades} trades closed, ${summary.openPositions} open, ${summary.halts} halts, ${summary.settledMarkets} markets settled`,
    `  P&L $${summary.pnl} net of $${summary.fees} fees; cash $${summary.cash}; equity ${summary.equity === null ? 'unknown: a held market has no bid' : `$${summary.equity}`}`,
    `  ledger ${summary.ledger.balanced ? 'balanced to the micro-dollar' : 'NOT BALANCED'}; not applicable here: ${summary.notApplicable.join(', ') || 'nothing'}`,
    '',
  ].join('\n');
}
