import type { Millis } from './money.ts';

/** The exchange's zone: its day is the day of daily loss, reports and returns. */
export const EXCHANGE_ZONE = 'America/New_York';

const HOUR = 3_600_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of an instant, `YYYY-MM-DD`, in the exchange's zone unless another is given. Throws on an unknown zone. */
export function etDay(at: Millis, zone: string = EXCHANGE_ZONE): string {
  return new Date(at + zoneOffset(at, zone)).toISOString().slice(0, 10);
}

/** The first instant of a day in a zone; the first hour that exists where clocks jump at midnight. */
export function dayStart(day: string, zone: string = EXCHANGE_ZONE): Millis {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const near = midnight - zoneOffset(midnight, zone);
  const at = midnight - zoneOffset(near, zone);
  return etDay(at, zone) === day ? at : at + HOUR;
}

/**
 * The instant at which a zone's clocks show so many minutes after midnight; the first of two where they go back, undefined
 * where they jump over it.
 */
export function wallTime(day: string, minutes: number, zone: string): Millis | undefined {
  const wall = Date.parse(`${day}T00:00:00Z`) + minutes * 60_000;
  const offsetsAround = [-24, 24].map((hours) => zoneOffset(wall + hours * HOUR, zone));
  const instants = offsetsAround.map((offset) => wall - offset).filter((at) => at + zoneOffset(at, zone) === wall);
  return instants.length === 0 ? undefined : Math.min(...instants);
}

/** A calendar day so many days later; days have no hours here, so clock changes cannot bend them. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 24 * HOUR).toISOString().slice(0, 10);
}

/** Clocks change on quarters of an hour: within one the offset stays. */
const QUARTER = HOUR / 4;
const MOST_QUARTERS = 10_000;
const offsets = new Map<string, Map<number, number>>();

/** Milliseconds that the zone's wall clock is ahead of UTC at an instant. Asking a formatter is slow: answers are kept. */
function zoneOffset(at: Millis, zone: string): number {
  const quarter = Math.floor(at / QUARTER);
  const known = offsets.get(zone) ?? new Map<number, number>();
  const kept = known.get(quarter);
  if (kept !== undefined) return kept;
  const offset = formattedOffset(at, zone);
  if (known.size >= MOST_QUARTERS) known.clear();
  offsets.set(zone, known.set(quarter, offset));
  return offset;
}

function formattedOffset(at: Millis, zone: string): number {
  const part = new Map<string, number>(
    formatter(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const read = (type: string) => part.get(type) ?? Number.NaN;
  const wall = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'));
  return wall - Math.floor(at / 1000) * 1000;
}

/** Making a formatter costs a thousand times what using it does. */
function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formatters.set(zone, made);
  return made;
}
