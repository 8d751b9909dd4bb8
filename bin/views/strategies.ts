import { bookOf } from '../../shared/domain/book.ts';
import { usdText } from '../../shared/domain/money.ts';
import { strategies } from '../../shared/domain/strategies/strategies.ts';
import { metricText, signedDollars } from '../../shared/domain/words/amounts.ts';
import type { ScanSummary } from '../../shared/jobs/scan.ts';
import { readMoney, readPerformance } from './money.ts';
import { linesText, tableText } from './table.ts';
import type { View, ViewIo } from './view.ts';

/** `pilot strategies`: where each may trade, what the last scan gave it, and what its closed trades made. */
export async function strategiesView(io: ViewIo): Promise<View> {
  const { store, config, mode, book } = io;
  const [figures, scan] = await Promise.all([
    readMoney(io).then((money) => readPerformance(io, money)),
    store.records.get('scan-latest', 'scan') as Promise<ScanSummary | undefined>,
  ]);
  const lines = strategies.map(({ name }) => {
    const { rung } = config.strategies[name as keyof typeof config.strategies];
    const slice = figures?.all.breakdowns.strategy.find(({ key }) => key === name);
    return { name, rung, book: bookOf(rung, mode), slice, funnel: scan?.strategies[name] };
  });
  const columns = [
    ...['Strategy', 'Rung', 'Trades in'].map((title) => ({ title })),
    ...['Eligible', 'Signals', 'Trades', 'P&L', 'Won'].map((title) => ({ title, right: true as const })),
  ];
  const rows = lines.map(({ name, rung, book: into, slice, funnel }) => [
    ...[name, rung, into ?? 'nothing'],
    ...[String(funnel?.eligible ?? 'unknown'), String(funnel?.signals ?? 'unknown'), String(slice?.trades ?? 0)],
    slice === undefined ? 'no closed trades' : signedDollars(slice.pnl),
    slice === undefined ? '-' : metricText({ value: slice.winRate.value, n: slice.winRate.n }, 'share'),
  ]);
  return {
    json: lines.map(({ name, rung, book: into, slice, funnel }) => ({
      ...{ name, rung, book: into ?? null, eligible: funnel?.eligible ?? null, signals: funnel?.signals ?? null },
      ...{ trades: slice?.trades ?? 0, pnl: slice === undefined ? null : usdText(slice.pnl), winRate: slice?.winRate.value ?? null },
    })),
    text: linesText([`${book.toUpperCase()} · strategies, the last scan and all closed trades`, '', ...tableText(columns, rows)]),
  };
}
