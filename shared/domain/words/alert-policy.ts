import { canonicalJson } from '../canonical-json.ts';
import type { Millis } from '../money.ts';
import type { Alert, AlertKind, AlertType } from './alert.ts';
import { alertKinds } from './alert.ts';
import type { Channel, Delivery, Noise, NoiseRow } from './noise.ts';
import { channels } from './noise.ts';
import { resolvedAlert } from './resolved.ts';

type Outlet = Channel | 'digest';
type Told = Readonly<Partial<Record<Outlet, { readonly at: Millis; readonly rank: number }>>>;

/** What is known of a cause between two checks. */
export interface OpenAlert {
  readonly alert: Alert;
  readonly since: Millis;
  /** Since when it has been as bad as now. */
  readonly worseSince: Millis;
  readonly told: Told;
  /** When a lasting cause was first not found any more. */
  readonly absentSince?: Millis;
  /** A person has seen it: no more reminders. */
  readonly acknowledgedAt?: Millis;
}

/** What a check found. A lasting alert ends only when its kind was judged and it was not found. */
export interface AlertRound {
  readonly alerts: readonly Alert[];
  readonly judged: readonly AlertKind[];
  /** How things stand where they are fine again: `cash 17.2% (min 15%)`. */
  readonly readings?: ReadonlyMap<AlertKind, string>;
}

export interface AlertDecision {
  readonly send: readonly { readonly alert: Alert; readonly channels: readonly Channel[] }[];
  /** RESOLVED alerts, which are also in `send`. */
  readonly resolved: readonly Alert[];
  /** For the next daily digest. */
  readonly digest: readonly Alert[];
  /** To be kept for the next check. */
  readonly open: readonly OpenAlert[];
}

/** How bad; a higher rank is an escalation. */
const ranks: Readonly<Record<AlertType, number>> = { RESOLVED: 0, WEEKLY_SUMMARY: 1, WARNING: 1, SYSTEM_ERROR: 2, CRITICAL: 2 };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Decides who is told what now. Per cause and channel one alert per `repeatHours`; worse news at once; RESOLVED to
 * everybody who was told. What is acknowledged is not repeated; what is muted shows on the dashboard only.
 */
export function alertPolicy(open: readonly OpenAlert[], round: AlertRound, now: Millis, noise: Noise): AlertDecision {
  const before = new Map(open.map((known) => [known.alert.cause, known]));
  const current = worstPerCause(round.alerts);
  const found = [...current.values()].map((alert) => tell(alert, before.get(alert.cause), now, noise));
  const missing = open.filter(({ alert }) => !current.has(alert.cause)).map((known) => fade(known, round, now, noise));
  const decisions = [...found, ...missing];
  const send = decisions.flatMap(({ message }) => (message && message.channels.length > 0 ? [message] : []));
  return {
    send,
    resolved: send.flatMap(({ alert }) => (alert.type === 'RESOLVED' ? [alert] : [])),
    digest: decisions.flatMap(({ digest }) => digest ?? []),
    open: decisions.flatMap(({ left }) => left ?? []),
  };
}

interface Step {
  readonly message?: { readonly alert: Alert; readonly channels: readonly Channel[] };
  readonly digest?: Alert;
  readonly left?: OpenAlert;
}

function tell(alert: Alert, known: OpenAlert | undefined, now: Millis, noise: Noise): Step {
  const row = rowOf(alert, now, noise);
  if (alert.type === 'RESOLVED')
    return { message: { alert, channels: known ? toldChannels(known) : channels.filter((name) => row[name] === 'now') } };
  const rank = ranks[alert.type];
  const worse = known === undefined || rank > ranks[known.alert.type];
  const { absentSince: _back, ...kept } = known ?? { since: now, told: {} };
  const next: OpenAlert = { ...kept, alert, worseSince: worse ? now : known.worseSince };
  const due = (outlet: Outlet, delivery: Delivery) => isDue(next, outlet, delivery, now, noise);
  const outlets = channels.filter((name) => (name !== 'sms' || rings(alert)) && due(name, row[name]));
  const digested = row.email === 'digest' && due('digest', 'now');
  // Found again as it was, and nobody to be told: nothing to write down.
  if (known && known.absentSince === undefined && !worse && outlets.length === 0 && !digested && sameWords(known.alert, alert))
    return { left: known };
  const told = Object.fromEntries([...outlets, ...(digested ? ['digest'] : [])].map((name) => [name, { at: now, rank }]));
  return {
    message: { alert, channels: outlets },
    ...(digested ? { digest: alert } : {}),
    left: { ...next, told: { ...next.told, ...told } },
  };
}

/** Whether two alerts say the same but for when. */
function sameWords(a: Alert, b: Alert): boolean {
  return canonicalJson({ ...a, id: '', at: 0 }) === canonicalJson({ ...b, id: '', at: 0 });
}

/** Whatever the table says, a phone rings for nothing less than critical; reports, for who asked for them. */
function rings({ type, kind }: Alert): boolean {
  return type === 'CRITICAL' || kind === 'report';
}

function isDue(
  { alert, told, worseSince, acknowledgedAt }: OpenAlert,
  outlet: Outlet,
  delivery: Delivery,
  now: Millis,
  noise: Noise,
): boolean {
  if (delivery === 'digest' || delivery === 'off') return false;
  if (delivery !== 'now' && now - worseSince < delivery.afterMinutes * MINUTE) return false;
  const last = told[outlet];
  if (last === undefined || ranks[alert.type] > last.rank) return true;
  return acknowledgedAt === undefined && now - last.at >= (outlet === 'digest' ? 24 : noise.repeatHours) * HOUR;
}

/** A cause that was not found: over, not judged, or waiting to be sure. */
function fade(known: OpenAlert, { judged, readings }: AlertRound, now: Millis, noise: Noise): Step {
  const { alert, told } = known;
  if (!alertKinds[alert.kind].lasts) {
    const last = Math.max(known.since, ...Object.values(told).map(({ at }) => at));
    return now - last >= noise.repeatHours * HOUR ? {} : { left: known };
  }
  if (!judged.includes(alert.kind)) return { left: known };
  const absentSince = known.absentSince ?? now;
  if (now - absentSince < noise.resolveAfterMinutes * MINUTE) return { left: { ...known, absentSince } };
  return {
    message: {
      alert: resolvedAlert(alert, { since: known.since, until: absentSince, at: now }, readings?.get(alert.kind)),
      channels: toldChannels(known),
    },
  };
}

function rowOf({ kind, cause, type }: Alert, now: Millis, noise: Noise): NoiseRow {
  const row = type === 'WARNING' && kind !== 'report' ? noise.warning : noise.kinds[kind];
  const muted = [kind, cause].some((name) => (noise.muted[name] ?? Number.NEGATIVE_INFINITY) > now);
  return muted ? { dashboard: row.dashboard, email: 'off', sms: 'off', webhook: 'off' } : row;
}

function toldChannels({ told }: OpenAlert): readonly Channel[] {
  return channels.filter((name) => told[name] !== undefined);
}

function worstPerCause(alerts: readonly Alert[]): ReadonlyMap<string, Alert> {
  const worst = new Map<string, Alert>();
  for (const alert of alerts) {
    const other = worst.get(alert.cause);
    if (!other || ranks[alert.type] > ranks[other.type]) worst.set(alert.cause, alert);
  }
  return worst;
}
