import type { Marks } from '../../domain/metrics/mark.ts';
import { equityOf } from '../../domain/metrics/mark.ts';
import type { Performance } from '../../domain/metrics/performance.ts';
import { performance } from '../../domain/metrics/performance.ts';
import type { Usd } from '../../domain/money.ts';
import { heldBy } from '../../jobs/gather-performance.ts';
import type { Reading } from './reading.ts';

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

/** The figures of a book, its positions marked at the bids last seen. */
export async function readPerformance(reading: Reading): Promise<Performance> {
  const [{ ledger }, marks, live, history] = await Promise.all([reading.head(), readMarks(reading), reading.live(), reading.history()]);
  const { zone } = reading.io.settings;
  return performance({ now: reading.now, zone, ledger, marks, held: heldBy(live), ...history });
}
