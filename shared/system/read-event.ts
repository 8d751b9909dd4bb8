import type { FunctionName, FunctionSpec } from './map.ts';

/** What started a function: its tick, and what was sent along. */
export interface Started {
  /** Scheduled time, ISO-8601: with the job it is the run's identity. */
  readonly tick: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Why there is nothing to do: the step before did nothing for this tick. */
  readonly nothing?: string;
}

/**
 * Reads a schedule's event, the record of the function before in a chain, or what a person sent. Throws for a scheduled
 * function without a tick.
 */
export function readEvent(name: FunctionName, { trigger }: FunctionSpec, event: unknown, now: number): Started {
  const { payload, skipped } = unwrap(event);
  const tick = payload.tick;
  if (typeof tick === 'string' && !Number.isNaN(Date.parse(tick))) {
    const started = { tick: new Date(tick).toISOString(), payload };
    return skipped ? { ...started, nothing: 'the step before had nothing to do for this tick' } : started;
  }
  if (tick === undefined && ('byHand' in trigger || 'http' in trigger)) return { tick: new Date(now).toISOString(), payload };
  throw new Error(`${name}: tick ${JSON.stringify(tick)} is no time. Fix: send {"tick":"2026-11-21T14:00:00Z"}, the scheduled time`);
}

/** A destination record holds the event it came from, and so on back to the schedule's. */
function unwrap(event: unknown): { readonly payload: Readonly<Record<string, unknown>>; readonly skipped: boolean } {
  const record = (typeof event === 'object' && event !== null ? event : {}) as Readonly<Record<string, unknown>>;
  if (!('requestPayload' in record)) return { payload: record, skipped: false };
  const before = unwrap(record.requestPayload);
  const response = record.responsePayload as { readonly outcome?: unknown } | null | undefined;
  return { payload: before.payload, skipped: before.skipped || response?.outcome === 'skipped' };
}

const UNIT = { minute: 60_000, minutes: 60_000, hour: 3_600_000 } as const;
const DAY = 86_400_000;

/** After this many ms a tick is too late to be worth running: its successor is due. */
export function periodOf(name: FunctionName, functions: Readonly<Record<FunctionName, FunctionSpec>>): number | undefined {
  const { trigger } = functions[name];
  if ('after' in trigger) return periodOf(trigger.after, functions);
  if ('cron' in trigger) return DAY;
  if (!('every' in trigger)) return undefined;
  const [count, unit] = trigger.every.split(' ');
  return Number(count) * UNIT[unit as keyof typeof UNIT];
}
