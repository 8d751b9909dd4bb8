import type { Millis } from '../../../shared/domain/money.ts';

/** Which parts of the exchange work. A shard is down on its own. */
export interface Halts {
  exchangeDown: boolean;
  readonly shardsDown: Set<number>;
}

const HOUR = 3_600_000;
const eastern = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', weekday: 'short', hour: '2-digit', hourCycle: 'h23' });
const remembered = new Map<number, boolean>();

/** Thursday 03:00 to 05:00 in New York: no orders and no matching; cancels are taken. */
export function inMaintenance(at: Millis): boolean {
  const hour = Math.floor(at / HOUR);
  const known = remembered.get(hour);
  if (known !== undefined) return known;
  const text = eastern.format(hour * HOUR);
  const answer = /^Thu.*0[34]$/.test(text);
  if (remembered.size > 10_000) remembered.clear();
  remembered.set(hour, answer);
  return answer;
}

/** When maintenance next begins or ends. */
export function nextMaintenanceEdge(at: Millis): Millis {
  const now = inMaintenance(at);
  let hour = Math.floor(at / HOUR) + 1;
  while (inMaintenance(hour * HOUR) === now) hour++;
  return hour * HOUR;
}

/** The maintenance window that is on at `at`, or comes next. */
export function maintenanceWindow(at: Millis): { readonly from: Millis; readonly to: Millis } {
  const edge = nextMaintenanceEdge(at);
  return inMaintenance(at) ? { from: edge - 2 * HOUR, to: edge } : { from: edge, to: nextMaintenanceEdge(edge) };
}
