import type { Millis } from '../../domain/money.ts';
import type { Alert } from '../../domain/words/alert.ts';
import type { Channel } from '../../domain/words/noise.ts';
import type { Due } from '../../domain/words/passed-on.ts';
import type { AlertChannel } from '../../ports/alerts.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RecordStore } from '../../ports/store.ts';

/** Every alert that was told, with what became of it on each way out. Keys sort by time. */
export const HISTORY = 'alert';
/** Keys of the history that have a delivery outstanding. */
const OUTBOX = 'alert-outbox';

/** A way out and the columns of the noise table that it carries. */
export interface Outlet {
  readonly channels: readonly Channel[];
  readonly by: AlertChannel;
}

export interface DeliveryIo {
  readonly store: { readonly records: RecordStore };
  readonly clock: Clock;
  readonly outlets: readonly Outlet[];
}

export interface DeliveryState {
  readonly state: 'waiting' | 'delivered' | 'given-up';
  readonly tries: number;
  /** Of the last try; of the queueing before the first. */
  readonly at: Millis;
  readonly detail?: string;
}

/** An alert in the history. */
export interface ToldAlert {
  readonly alert: Alert;
  readonly channels: readonly Channel[];
  /** Since when it has been so, where mail was told of it before and is not due now. */
  readonly since?: Millis;
  /** By channel. */
  readonly deliveries: Readonly<Record<string, DeliveryState>>;
}

/** A delivery that has not worked so far. */
export interface FailedDelivery {
  readonly channel: string;
  readonly detail: string;
  readonly undelivered: string;
}

interface Outstanding {
  readonly since: Millis;
}

/** Somebody may be about to write what an outstanding delivery belongs to. */
const BEING_QUEUED: Millis = 300_000;
/** Tries before a delivery is given up: half a day at the usual interval. */
const TRIES = 72;
const KEPT_DAYS = 90;
const DAY = 86_400_000;

/** Writes an alert into the history, where the dashboard shows it, and into the outbox where it has to go out. Repeating is harmless. */
export async function queueAlert({ store, clock, outlets }: DeliveryIo, alert: Alert, due: Due): Promise<void> {
  const at = clock.now();
  const ways = outlets.flatMap(({ channels }) => channels.filter((channel) => due.channels.includes(channel)));
  const waiting = { state: 'waiting', tries: 0, at } as const satisfies DeliveryState;
  const told: ToldAlert = { alert, ...due, deliveries: Object.fromEntries(ways.map((channel) => [channel, waiting])) };
  const expiresAt = at + KEPT_DAYS * DAY;
  // In this order: what dies in between leaves nothing in the history that would wait for ever.
  if (ways.length > 0) await store.records.put(OUTBOX, alert.id, { since: at } satisfies Outstanding, { expiresAt });
  await store.records.putNew(HISTORY, alert.id, told, { expiresAt });
}

/** Tries everything outstanding once, oldest first; what fails is tried at the next call. Returns what failed. */
export async function deliverAlerts(io: DeliveryIo): Promise<readonly FailedDelivery[]> {
  const { records } = io.store;
  const failed: FailedDelivery[] = [];
  for (const { key, body } of await records.list(OUTBOX)) {
    const told = (await records.get(HISTORY, key)) as ToldAlert | undefined;
    if (!told && io.clock.now() - (body as Outstanding).since < BEING_QUEUED) continue;
    const after = told && (await keep(records, key, told, await tryAll(io, told)));
    if (after) failed.push(...failuresOf(after));
    if (!after || Object.values(after.deliveries).every(({ state }) => state !== 'waiting')) await records.remove(OUTBOX, key);
  }
  return failed;
}

/** Writes down what became of it. Two jobs may deliver at once: what either has delivered is delivered. Returns what is kept. */
async function keep(records: RecordStore, key: string, before: ToldAlert, after: ToldAlert): Promise<ToldAlert> {
  let [seen, kept] = [before, after];
  while (!(await records.swap(HISTORY, key, seen, kept))) {
    const now = (await records.get(HISTORY, key)) as ToldAlert | undefined;
    if (!now) return after;
    [seen, kept] = [now, { ...now, deliveries: furthest(now.deliveries, after.deliveries) }];
  }
  return kept;
}

function furthest(one: ToldAlert['deliveries'], other: ToldAlert['deliveries']): ToldAlert['deliveries'] {
  const further = Object.entries(one).map(([channel, state]) => {
    const also = other[channel];
    return [channel, also && state.state !== 'delivered' && (also.state === 'delivered' || also.tries > state.tries) ? also : state];
  });
  return Object.fromEntries(further);
}

type Said = Awaited<ReturnType<AlertChannel['send']>>;

/** A way out that is no longer configured cannot deliver; what it carried waits in case it comes back. */
const unconfigured: Said = { delivered: false, detail: 'this way out is not configured any more' };

async function tryAll({ outlets, clock }: DeliveryIo, told: ToldAlert): Promise<ToldAlert> {
  const said = await sendWaiting(outlets, told);
  const at = clock.now();
  const after = Object.entries(told.deliveries).map(([channel, delivery]) => [
    channel,
    delivery.state === 'waiting' ? afterTry(delivery, said.get(channel) ?? unconfigured, at) : delivery,
  ]);
  return { ...told, deliveries: Object.fromEntries(after) };
}

/** What waits for one way out goes out together. Returns what became of it, by channel. */
async function sendWaiting(outlets: readonly Outlet[], { alert, since, deliveries }: ToldAlert): Promise<ReadonlyMap<string, Said>> {
  const said = new Map<string, Said>();
  for (const { channels, by } of outlets) {
    const waiting = channels.filter((channel) => deliveries[channel]?.state === 'waiting');
    if (waiting.length === 0) continue;
    const one = await by.send(alert, { channels: waiting, ...(since === undefined ? {} : { since }) });
    for (const channel of waiting) said.set(channel, one);
  }
  return said;
}

function afterTry({ tries }: DeliveryState, { delivered, detail }: Said, at: Millis): DeliveryState {
  const reason = detail === undefined ? {} : { detail };
  if (delivered) return { state: 'delivered', tries: tries + 1, at, ...reason };
  return { state: tries + 1 >= TRIES ? 'given-up' : 'waiting', tries: tries + 1, at, ...reason };
}

function failuresOf({ alert, deliveries }: ToldAlert): readonly FailedDelivery[] {
  return Object.entries(deliveries).flatMap(([channel, { state, detail }]) =>
    state === 'delivered' ? [] : [{ channel, detail: detail ?? 'no reason given', undelivered: alert.subject }],
  );
}
