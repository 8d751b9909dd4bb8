import type { Millis } from '../../domain/money.ts';
import type { Alert } from '../../domain/words/alert.ts';
import type { Channel } from '../../domain/words/noise.ts';
import type { AlertChannel } from '../../ports/alerts.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RecordStore } from '../../ports/store.ts';

/** Every alert that was told, with what became of it on each way out. Keys sort by time. */
export const HISTORY = 'alert';
/** Keys of the history that have a delivery outstanding. */
const OUTBOX = 'alert-outbox';

/** A way out and the column of the noise table it follows. */
export interface Outlet {
  readonly channel: Channel;
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
  /** By the name of the way out. */
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
export async function queueAlert({ store, clock, outlets }: DeliveryIo, alert: Alert, channels: readonly Channel[]): Promise<void> {
  const at = clock.now();
  const ways = new Set(outlets.filter(({ channel }) => channels.includes(channel)).map(({ by }) => by.name));
  const waiting = { state: 'waiting', tries: 0, at } as const satisfies DeliveryState;
  const told: ToldAlert = { alert, channels, deliveries: Object.fromEntries([...ways].map((name) => [name, waiting])) };
  const expiresAt = at + KEPT_DAYS * DAY;
  // In this order: what dies in between leaves nothing in the history that would wait for ever.
  if (ways.size > 0) await store.records.put(OUTBOX, alert.id, { since: at } satisfies Outstanding, { expiresAt });
  await store.records.putNew(HISTORY, alert.id, told, { expiresAt });
}

/** Tries everything outstanding once, oldest first; what fails is tried at the next call. Returns what failed. */
export async function deliverAlerts(io: DeliveryIo): Promise<readonly FailedDelivery[]> {
  const { records } = io.store;
  const failed: FailedDelivery[] = [];
  for (const { key, body } of await records.list(OUTBOX)) {
    const told = (await records.get(HISTORY, key)) as ToldAlert | undefined;
    if (!told && io.clock.now() - (body as Outstanding).since < BEING_QUEUED) continue;
    const after = told && (await tryAll(io, told));
    if (after) {
      await records.put(HISTORY, key, after, { expiresAt: after.alert.at + KEPT_DAYS * DAY });
      failed.push(...failuresOf(after));
    }
    if (!after || Object.values(after.deliveries).every(({ state }) => state !== 'waiting')) await records.remove(OUTBOX, key);
  }
  return failed;
}

async function tryAll({ outlets, clock }: DeliveryIo, told: ToldAlert): Promise<ToldAlert> {
  const deliveries: Record<string, DeliveryState> = {};
  for (const [name, delivery] of Object.entries(told.deliveries)) {
    const by = outlets.find((outlet) => outlet.by.name === name)?.by;
    deliveries[name] = delivery.state === 'waiting' ? await tryOne(by, told.alert, delivery, clock.now()) : delivery;
  }
  return { ...told, deliveries };
}

/** A way out that is no longer configured cannot deliver; it waits in case it comes back. */
async function tryOne(by: AlertChannel | undefined, alert: Alert, { tries }: DeliveryState, at: Millis): Promise<DeliveryState> {
  const said = by ? await by.send(alert) : { delivered: false, detail: 'this way out is not configured any more' };
  const detail = said.detail === undefined ? {} : { detail: said.detail };
  if (said.delivered) return { state: 'delivered', tries: tries + 1, at, ...detail };
  return { state: tries + 1 >= TRIES ? 'given-up' : 'waiting', tries: tries + 1, at, ...detail };
}

function failuresOf({ alert, deliveries }: ToldAlert): readonly FailedDelivery[] {
  return Object.entries(deliveries).flatMap(([channel, { state, detail }]) =>
    state === 'delivered' ? [] : [{ channel, detail: detail ?? 'no reason given', undelivered: alert.subject }],
  );
}
