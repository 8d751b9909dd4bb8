import type { Book } from '../domain/book.ts';
import { addDays, etDay } from '../domain/et-day.ts';
import type { Millis } from '../domain/money.ts';
import type { Run, Store } from '../ports/store.ts';
import type { ToldAlert } from './alerts/deliver-alerts.ts';
import { HISTORY } from './alerts/deliver-alerts.ts';
import { lastSync } from './last-sync.ts';

/** What was promised and kept on one day of New York. */
export interface LevelDay {
  /** Ticks of scan, trade and sync that ended, and those of them that ended well. */
  readonly ended: number;
  readonly ok: number;
  /** Comparisons with the exchange, and those that agreed. */
  readonly compared: number;
  readonly agreed: number;
  /** Deliveries of alerts that are over, and those that arrived. */
  readonly told: number;
  readonly delivered: number;
}

/** Counted as it goes, for a page that asks every few seconds must not read a month of runs. */
export interface KeptLevels {
  /** Everything that ended until then is counted. */
  readonly upTo: Millis;
  readonly comparedAt: Millis | undefined;
  readonly days: Readonly<Record<string, LevelDay>>;
}

const KIND = 'service-levels';
const DAYS = 30;
/** Longer than any run: what began before the last count may have ended since. */
const LONGEST_RUN: Millis = 15 * 60_000;
const watched = ['scan', 'trade', 'sync'] as const;
const nothing: LevelDay = { ended: 0, ok: 0, compared: 0, agreed: 0, told: 0, delivered: 0 };

/** Undefined before the first count. */
export async function keptLevels({ records }: Pick<Store, 'records'>, book: Book): Promise<KeptLevels | undefined> {
  return (await records.get(KIND, book)) as KeptLevels | undefined;
}

/** Adds what ended since the last count. One caller at a time. */
export async function countLevels(store: Store, book: Book, now: Millis): Promise<void> {
  const before = await keptLevels(store, book);
  const since = before?.upTo ?? now - DAYS * 86_400_000;
  const days = new Map(Object.entries(before?.days ?? {}));
  const add = (day: string, more: Partial<LevelDay>) => days.set(day, sumOf(days.get(day) ?? nothing, more));
  for (const job of watched) {
    const ended = (await runsSince(store, job, since)).filter(
      ({ endedAt = 0, outcome }) => endedAt > since && endedAt <= now && outcome !== 'skipped',
    );
    for (const { endedAt = now, outcome } of ended) add(etDay(endedAt), { ended: 1, ok: outcome === 'ok' ? 1 : 0 });
  }
  const sync = await lastSync(store, book);
  if (sync && sync.at !== before?.comparedAt) add(etDay(sync.at), { compared: 1, agreed: sync.differences.length === 0 ? 1 : 0 });
  for (const day of [addDays(etDay(now), -1), etDay(now)])
    days.set(day, { ...(days.get(day) ?? nothing), ...(await deliveriesOf(store, day)) });
  const oldest = addDays(etDay(now), -DAYS);
  const kept = [...days].filter(([day]) => day > oldest);
  await store.records.put(KIND, book, { upTo: now, comparedAt: sync?.at, days: Object.fromEntries(kept) } satisfies KeptLevels);
}

/** Newest first, and far enough back: twice as many are asked for until the last of them is old enough. */
async function runsSince({ runs }: Pick<Store, 'runs'>, job: string, since: Millis): Promise<readonly Run[]> {
  for (let limit = 8; ; limit *= 2) {
    const found = await runs.recent(job, limit);
    if (found.length < limit || (found.at(-1)?.startedAt ?? 0) < since - LONGEST_RUN) return found;
  }
}

/** A delivery is tried for half a day, so a day's count is made again until the day after is over. */
async function deliveriesOf({ records }: Pick<Store, 'records'>, day: string): Promise<Pick<LevelDay, 'told' | 'delivered'>> {
  const from = addDays(day, -1);
  const alerts = (await records.list(HISTORY, { from, to: addDays(day, 2) })).map(({ body }) => body as ToldAlert);
  const states = alerts.filter(({ alert }) => etDay(alert.at) === day).flatMap(({ deliveries }) => Object.values(deliveries));
  const over = states.filter(({ state }) => state !== 'waiting');
  return { told: over.length, delivered: over.filter(({ state }) => state === 'delivered').length };
}

function sumOf(day: LevelDay, more: Partial<LevelDay>): LevelDay {
  const added = Object.entries(day).map(([name, count]) => [name, count + (more[name as keyof LevelDay] ?? 0)] as const);
  return Object.fromEntries(added) as unknown as LevelDay;
}
