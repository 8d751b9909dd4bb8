import type { Book } from '../domain/book.ts';
import { addDays, dayStart, etDay } from '../domain/et-day.ts';
import type { EquityPoint } from '../domain/metrics/mark.ts';
import type { Millis } from '../domain/money.ts';
import type { RecordStore } from '../ports/store.ts';

/** What is left of an old day: its best, its worst and its last marked moment, deposits taken out. */
interface EquityDay {
  readonly high: EquityPoint;
  readonly low: EquityPoint;
  readonly close: EquityPoint;
}

interface EquityIo {
  readonly records: RecordStore;
}

/** Every point is kept this long: a month's metrics and the day before it begins. */
const POINT_DAYS = 35;
const DAY = 86_400_000;

/** Keeps what a book was worth at one moment, and what its day came to so far. Points come in time order. */
export async function keepEquity({ records }: EquityIo, book: Book, point: EquityPoint): Promise<void> {
  await records.put(`equity:${book}`, new Date(point.at).toISOString(), point, { expiresAt: point.at + POINT_DAYS * DAY });
  if (point.equity === undefined) return;
  const key = etDay(point.at);
  const before = (await records.get(`equity-day:${book}`, key)) as EquityDay | undefined;
  const high = before && profitOf(before.high) > profitOf(point) ? before.high : point;
  const low = before && profitOf(before.low) < profitOf(point) ? before.low : point;
  await records.put(`equity-day:${book}`, key, { high, low, close: point } satisfies EquityDay);
}

/** A book's whole history, oldest first: the last weeks point by point, older days by their extremes. */
export async function equityHistory({ records }: EquityIo, book: Book, now: Millis): Promise<readonly EquityPoint[]> {
  const first = addDays(etDay(now), 1 - POINT_DAYS);
  const from = dayStart(first);
  const [days, points] = await Promise.all([
    records.list(`equity-day:${book}`, { to: addDays(first, -1) }),
    records.list(`equity:${book}`, { from: new Date(from).toISOString(), to: new Date(now).toISOString() }),
  ]);
  return [...days.flatMap(({ body }) => pointsOf(body as EquityDay)), ...points.map(({ body }) => body as EquityPoint)];
}

function pointsOf({ high, low, close }: EquityDay): readonly EquityPoint[] {
  const byTime = new Map([high, low, close].map((point) => [point.at, point]));
  return [...byTime.values()].toSorted((a, b) => a.at - b.at);
}

function profitOf({ equity, deposits }: EquityPoint): number {
  return (equity ?? Number.NaN) - deposits;
}
