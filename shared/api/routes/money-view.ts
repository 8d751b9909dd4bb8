import type { Marks } from '../../domain/metrics/mark.ts';
import { equityOf } from '../../domain/metrics/mark.ts';
import { unknown } from '../../domain/metrics/metric.ts';
import type { MetricId, Performance } from '../../domain/metrics/performance.ts';
import { metricIds, performance } from '../../domain/metrics/performance.ts';
import type { Cost } from '../../domain/metrics/performance-input.ts';
import type { Usd } from '../../domain/money.ts';
import { heldBy } from '../../jobs/gather-performance.ts';
import type { History, Reading } from './reading.ts';

const DAY = 86_400_000;

/** What was last seen of the markets a book holds, as marks. */
export async function readMarks({ held }: Reading): Promise<Marks> {
  const seen = await held();
  return new Map(Object.entries(seen?.markets ?? {}).map(([ticker, { bid }]) => [ticker, bid]));
}

/** Cash and positions at the bids last seen; undefined while a held market had none, and before anything is booked. */
export async function readEquity(reading: Reading): Promise<Usd | undefined> {
  const [{ ledger, version }, marks] = await Promise.all([reading.head(), readMarks(reading)]);
  return version === 0 ? undefined : equityOf(ledger, marks);
}

const made = new WeakMap<Reading, Promise<Performance>>();

/** The figures of a book, its positions marked at the bids last seen; worked out once for each look. */
export function readPerformance(reading: Reading): Promise<Performance> {
  const known = made.get(reading) ?? measure(reading);
  made.set(reading, known);
  return known;
}

async function measure(reading: Reading): Promise<Performance> {
  const [head, marks, live, history] = await Promise.all([reading.head(), readMarks(reading), reading.live(), reading.history()]);
  const { ledger, version } = head;
  const { zone } = reading.io.settings;
  const figures = performance({ now: reading.now, zone, ledger, marks, held: heldBy(live), ...withCloud(reading, history) });
  if (version === 0) return hide(figures, moneyOf(figures), 'nothing is booked yet');
  const unpriced = reading.io.settings.cloudPerMonth === undefined;
  return unpriced ? hide(figures, ['awsCost', 'netPnl', 'costPerTrade'], 'nobody has worked out what the cloud costs') : figures;
}

/** A known bill counts a thirtieth a day, from the first value that was recorded. */
function withCloud({ io, now }: Reading, history: History): History {
  const { cloudPerMonth } = io.settings;
  const first = history.equity[0]?.at;
  if (cloudPerMonth === undefined || cloudPerMonth === 0 || first === undefined) return history;
  const amount = Math.round(cloudPerMonth / 30) as Usd;
  const days = Math.floor((now - first) / DAY) + 1;
  const cloud = Array.from({ length: days }, (_, day): Cost => ({ at: first + day * DAY, kind: 'aws', amount }));
  return { ...history, costs: [...history.costs, ...cloud] };
}

/** An account that nobody has read is not worth nothing; what was counted in it is. */
function moneyOf(figures: Performance): readonly MetricId[] {
  return metricIds.filter((id) => figures.all.metrics[id].value !== undefined && id !== 'trades' && id !== 'positions');
}

/** What is not known, said as such in every period. */
function hide(figures: Performance, ids: readonly MetricId[], why: string): Performance {
  const hidden = Object.fromEntries(ids.map((id) => [id, unknown(why)]));
  const one = (period: Performance['all']) => ({ ...period, metrics: { ...period.metrics, ...hidden } });
  return { today: one(figures.today), week: one(figures.week), month: one(figures.month), all: one(figures.all) };
}
