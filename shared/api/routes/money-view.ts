import type { Marks } from '../../domain/metrics/mark.ts';
import { equityOf } from '../../domain/metrics/mark.ts';
import { unknown } from '../../domain/metrics/metric.ts';
import type { Performance } from '../../domain/metrics/performance.ts';
import { performance } from '../../domain/metrics/performance.ts';
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

/** Cash and positions at the bids last seen; undefined while a held market had none. */
export async function readEquity(reading: Reading): Promise<Usd | undefined> {
  const [{ ledger }, marks] = await Promise.all([reading.head(), readMarks(reading)]);
  return equityOf(ledger, marks);
}

const made = new WeakMap<Reading, Promise<Performance>>();

/** The figures of a book, its positions marked at the bids last seen; worked out once for each look. */
export function readPerformance(reading: Reading): Promise<Performance> {
  const known = made.get(reading) ?? measure(reading);
  made.set(reading, known);
  return known;
}

async function measure(reading: Reading): Promise<Performance> {
  const [{ ledger }, marks, live, history] = await Promise.all([reading.head(), readMarks(reading), reading.live(), reading.history()]);
  const { zone } = reading.io.settings;
  const figures = performance({ now: reading.now, zone, ledger, marks, held: heldBy(live), ...withCloud(reading, history) });
  return reading.io.settings.cloudPerMonth === undefined ? withoutCloud(figures) : figures;
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

/** What the cloud costs is not known, nor is anything that contains it. */
function withoutCloud(figures: Performance): Performance {
  const hidden = unknown('nobody has worked out what the cloud costs');
  const one = (period: Performance['all']) => ({
    ...period,
    metrics: { ...period.metrics, awsCost: hidden, netPnl: hidden, costPerTrade: hidden },
  });
  return { today: one(figures.today), week: one(figures.week), month: one(figures.month), all: one(figures.all) };
}
