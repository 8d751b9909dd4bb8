import { bookOf } from '../../shared/domain/book.ts';
import { usdText } from '../../shared/domain/money.ts';
import { strategies } from '../../shared/domain/strategies/strategies.ts';
import { metricText, signedDollars } from '../../shared/domain/words/amounts.ts';
import { feedbackRows } from '../../shared/domain/words/feedback-text.ts';
import type { Feedback } from '../../shared/domain/words/report.ts';
import { itemLines } from '../../shared/domain/words/report-text.ts';
import { gatherFeedback } from '../../shared/jobs/gather-feedback.ts';
import { ALL_TRADES } from '../../shared/jobs/gather-performance.ts';
import { lastDecision } from '../../shared/jobs/last-decision.ts';
import type { ScanSummary } from '../../shared/jobs/scan.ts';
import { readMoney, readPerformance } from './money.ts';
import { feedbackJson, itemJson } from './report-json.ts';
import { linesText, tableText } from './table.ts';
import type { View, ViewIo } from './view.ts';

/** `pilot strategies`: where each may trade, what the last scan left it and trade wanted of it, and what its closed trades made. */
export async function strategiesView(io: ViewIo): Promise<View> {
  const { store, config, mode, book } = io;
  const [figures, feedback, scan, decision] = await Promise.all([
    readMoney(io).then((money) => readPerformance(io, money)),
    store.ledger.trades(book, ALL_TRADES).then((trades) => gatherFeedback(store, book, trades, io.now)),
    store.records.get('scan-latest', 'scan') as Promise<ScanSummary | undefined>,
    lastDecision(store.records),
  ]);
  const lines = strategies.map(({ name }) => {
    const { rung } = config.strategies[name as keyof typeof config.strategies];
    const slice = figures?.all.breakdowns.strategy.find(({ key }) => key === name);
    return {
      name,
      rung,
      book: bookOf(rung, mode),
      slice,
      feedback: feedback.strategies.find(({ strategy }) => strategy === name),
      items: feedback.items.filter(({ strategy }) => strategy === name),
      eligible: scan?.strategies[name]?.eligible,
      signals: decision?.strategies[name]?.signals,
    };
  });
  const columns = [
    ...['Strategy', 'Rung', 'Trades in'].map((title) => ({ title })),
    ...['Eligible', 'Signals', 'Trades', 'P&L', 'Won'].map((title) => ({ title, right: true as const })),
  ];
  const rows = lines.map(({ name, rung, book: into, slice, eligible, signals }) => [
    ...[name, rung, into ?? 'nothing'],
    ...[String(eligible ?? 'unknown'), String(signals ?? 'unknown'), String(slice?.trades ?? 0)],
    slice === undefined ? 'no closed trades' : signedDollars(slice.pnl),
    slice === undefined ? '-' : metricText({ value: slice.winRate.value, n: slice.winRate.n }, 'share'),
  ]);
  return {
    json: lines.map(({ name, rung, book: into, slice, eligible, signals, feedback: said, items }) => ({
      ...{ name, rung, book: into ?? null, eligible: eligible ?? null, signals: signals ?? null },
      ...{ trades: slice?.trades ?? 0, pnl: slice === undefined ? null : usdText(slice.pnl), winRate: slice?.winRate.value ?? null },
      ...{ feedback: said === undefined ? null : feedbackJson(said), items: items.map(itemJson) },
    })),
    text: linesText([
      `${book.toUpperCase()} · strategies: what the last scan left them, what trade saw in it, and all closed trades`,
      '',
      ...tableText(columns, rows),
      ...feedbackLines(feedback),
    ]),
  };
}

/** What their closed trades say, where there are any. */
function feedbackLines(feedback: Feedback): readonly string[] {
  if (feedback.strategies.length === 0) return [];
  const said = feedbackRows(feedback).map(([name, text]) => `${name}: ${text}`);
  return ['', ...[...said, ...itemLines(feedback.items)].map((line) => `  ${line}`)];
}
