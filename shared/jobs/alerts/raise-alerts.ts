import type { Book } from '../../domain/book.ts';
import type { Millis } from '../../domain/money.ts';
import type { Alert } from '../../domain/words/alert.ts';
import type { AlertRound, OpenAlert } from '../../domain/words/alert-policy.ts';
import { alertPolicy } from '../../domain/words/alert-policy.ts';
import type { Channel, Noise } from '../../domain/words/noise.ts';
import type { Due } from '../../domain/words/passed-on.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RecordStore } from '../../ports/store.ts';
import type { Outlet } from './deliver-alerts.ts';
import { deliverAlerts, queueAlert } from './deliver-alerts.ts';

/** One record per open cause. */
export const OPEN = 'alert-open';
/** Kinds or causes that only the dashboard shows. */
export const MUTED = 'alert-mute';
/** What waits for the next daily digest. */
export const DIGEST = 'alert-digest';

export interface AlertIo {
  readonly store: { readonly records: RecordStore };
  readonly clock: Clock;
  readonly noise: Noise;
  readonly outlets: readonly Outlet[];
}

const ATTEMPTS = 5;
const DIGEST_DAYS = 8;
const DAY = 86_400_000;

/** Tells at once what cannot wait for the next check, and delivers it. Nothing is resolved here. */
export async function alertNow(io: AlertIo, alerts: readonly Alert[]): Promise<void> {
  if (alerts.length === 0) return;
  const round = { alerts, judged: [] };
  const noise = await noiseOf(io);
  for (const cause of new Set(alerts.map((alert) => alert.cause))) {
    const known = (await io.store.records.get(OPEN, cause)) as OpenAlert | undefined;
    await raiseCause(io, noise, cause, known, round);
  }
  await deliverAlerts(io);
}

/** Applies what a look at one book found: new alerts, worse ones, those that are over. Returns how many were told. */
export async function raiseAlerts(io: AlertIo, book: Book, round: AlertRound): Promise<number> {
  const open = new Map((await openAlerts(io, book)).map((known) => [known.alert.cause, known]));
  const noise = await noiseOf(io);
  let told = 0;
  for (const cause of new Set([...open.keys(), ...round.alerts.map((alert) => alert.cause)])) {
    told += await raiseCause(io, noise, cause, open.get(cause), round);
  }
  return told;
}

/** What is open in a book. */
export async function openAlerts({ store }: Pick<AlertIo, 'store'>, book: Book): Promise<readonly OpenAlert[]> {
  return (await store.records.list(OPEN, { from: `${book}:`, to: `${book}:~` })).map(({ body }) => body as OpenAlert);
}

/**
 * One cause at a time, over what was known of it: queued first and remembered after, so that a crash in between tells
 * twice rather than never. When somebody else was faster, it is decided again on what they left.
 */
async function raiseCause(io: AlertIo, noise: Noise, cause: string, known: OpenAlert | undefined, round: AlertRound): Promise<number> {
  const { records } = io.store;
  const now = io.clock.now();
  const alerts = round.alerts.filter((alert) => alert.cause === cause);
  let before = known;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const decision = alertPolicy(before ? [before] : [], { ...round, alerts }, now, noise);
    for (const { alert, channels } of decision.send) await queueAlert(io, alert, dueOf(channels, before));
    for (const alert of decision.digest) await records.put(DIGEST, alert.id, alert, { expiresAt: now + DIGEST_DAYS * DAY });
    const [after] = decision.open;
    if (after === before) return decision.send.length;
    if (after === undefined) {
      await records.remove(OPEN, cause);
      return decision.send.length;
    }
    if (await records.swap(OPEN, cause, before, after)) return decision.send.length;
    before = (await records.get(OPEN, cause)) as OpenAlert | undefined;
  }
  throw new Error(`${cause}: its alert was changed ${ATTEMPTS} times meanwhile. Fix: run one alert check at a time`);
}

function dueOf(channels: readonly Channel[], known: OpenAlert | undefined): Due {
  const mailKnows = known?.told.email !== undefined && !channels.includes('email');
  return { channels, ...(mailKnows ? { since: known.worseSince } : {}) };
}

/** The configured noise with what people have muted since. */
async function noiseOf({ store, noise }: AlertIo): Promise<Noise> {
  const muted = await store.records.list(MUTED);
  if (muted.length === 0) return noise;
  const until = muted.map(({ key, body }) => [key, (body as { readonly until: Millis }).until] as const);
  return { ...noise, muted: { ...noise.muted, ...Object.fromEntries(until) } };
}
