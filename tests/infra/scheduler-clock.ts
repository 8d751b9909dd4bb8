/**
 * EventBridge Scheduler's clock, written from its documentation and independently of croner: `rate(n unit)` and
 * `cron(minute hour day-of-month month day-of-week year)` in a time zone. A time that the spring change leaves out does
 * not happen; one that autumn repeats happens once, at its first coming.
 */

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekDays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

interface Field {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** Names for the numbers from `low` on. */
  readonly words?: readonly string[];
}

const fields: readonly Field[] = [
  { name: 'minute', low: 0, high: 59 },
  { name: 'hour', low: 0, high: 23 },
  { name: 'day of month', low: 1, high: 31 },
  { name: 'month', low: 1, high: 12, words: months },
  { name: 'day of week', low: 1, high: 7, words: weekDays },
  { name: 'year', low: 1970, high: 2199 },
];

/** Every tick from `from` (inclusive; where a rate begins to count) to `to` (exclusive), epoch ms. Throws on a malformed expression. */
export function ticks(expression: string, zone: string, from: number, to: number): readonly number[] {
  const rate = /^rate\((\d+) (minute|minutes|hour|hours|day|days)\)$/.exec(expression);
  if (rate) return rateTicks(Number(rate[1]), rate[2] ?? '', from, to);
  const cron = /^cron\((.*)\)$/.exec(expression);
  if (!cron) throw new Error(`"${expression}" is neither rate(…) nor cron(…). Fix: write one of the two`);
  return cronTicks(parse(cron[1] ?? ''), zone, from, to);
}

function rateTicks(count: number, unit: string, from: number, to: number): readonly number[] {
  if (count === 0 || (count === 1) === unit.endsWith('s')) throw new Error(`rate of ${count} ${unit}. Fix: 1 minute, or 2 minutes`);
  const step = count * (unit.startsWith('minute') ? MINUTE : unit.startsWith('hour') ? 60 * MINUTE : DAY);
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, at) => from + at * step);
}

type Parsed = readonly (ReadonlySet<number> | undefined)[];

/** The allowed numbers of each field; undefined where any will do. */
function parse(text: string): Parsed {
  const parts = text.split(' ');
  if (parts.length !== 6) throw new Error(`cron(${text}) has ${parts.length} fields. Fix: minute hour day month weekday year`);
  if ((parts[2] === '?') === (parts[4] === '?')) throw new Error(`cron(${text}): exactly one of the two day fields must be "?"`);
  return parts.map((part, at) => {
    const field = fields[at];
    return part === '*' || part === '?' || !field ? undefined : new Set(part.split(',').flatMap((item) => numbersOf(item, field)));
  });
}

function numbersOf(item: string, field: Field): readonly number[] {
  const [, range = '', step = '1'] = /^([^/]+)(?:\/(\d+))?$/.exec(item) ?? [];
  const [first = '', last] = range.split('-');
  const low = first === '*' ? field.low : numberOf(first, field);
  const high = last === undefined ? (item.includes('/') ? field.high : low) : numberOf(last, field);
  if (Number(step) < 1 || high < low) throw new Error(`${field.name} "${item}" allows nothing. Fix: low-high/step with step of at least 1`);
  return Array.from({ length: Math.floor((high - low) / Number(step)) + 1 }, (_, at) => low + at * Number(step));
}

function numberOf(text: string, { name, low, high, words = [] }: Field): number {
  const word = words.indexOf(text);
  const number = word >= 0 ? low + word : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= low && number <= high)) throw new Error(`${name} "${text}" is not between ${low} and ${high}`);
  return number;
}

function cronTicks([minutes, hours, monthDays, monthNumbers, days, years]: Parsed, zone: string, from: number, to: number) {
  const found: number[] = [];
  // A day more on both sides: the zone's date may differ from UTC's.
  for (let day = Math.floor(from / DAY) * DAY - DAY; day < to + DAY; day += DAY) {
    const date = new Date(day);
    const fits = [
      monthDays?.has(date.getUTCDate()),
      monthNumbers?.has(date.getUTCMonth() + 1),
      days?.has(date.getUTCDay() + 1),
      years?.has(date.getUTCFullYear()),
    ].every((match) => match !== false);
    if (!fits) continue;
    for (const hour of hours ?? range(24)) {
      for (const minute of minutes ?? range(60)) {
        const tick = instantOf(day + (hour * 60 + minute) * MINUTE, zone);
        if (tick !== undefined && tick >= from && tick < to) found.push(tick);
      }
    }
  }
  return found.sort((a, b) => a - b);
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => at);
}

/** When a wall clock first shows this time (given as if it were UTC); undefined when it never does. */
function instantOf(wall: number, zone: string): number | undefined {
  const candidates = [-DAY, 0, DAY].map((shift) => wall - offsetAt(wall + shift, zone));
  return candidates.sort((a, b) => a - b).find((instant) => instant + offsetAt(instant, zone) === wall);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The zone's time less UTC at an instant, ms. */
export function offsetAt(instant: number, zone: string): number {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  formats.set(zone, format);
  const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE;
}
