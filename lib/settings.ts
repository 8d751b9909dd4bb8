import { defaultZone, type WeekDay, weekDays } from '../shared/system/map/schedule.ts';
import type { Mode } from '../shared/system/map.ts';

type Reader<T> = (value: string, key: string) => T;
type Setting<T> = (value: unknown, key: string) => T;

/** Days that CloudWatch Logs can keep, of those that make sense here. */
const retentions = [7, 14, 30, 60, 90, 180, 365] as const;

const readers = {
  /** Prefix of every name: two systems can live in one account. */
  name: preset('kalshi-pilot', matching(/^[a-z][a-z0-9-]{1,23}$/, '2 to 24 lower-case letters, digits and dashes')),
  /** The highest book that may trade. On paper no role can read the trading key. */
  mode: preset<Mode>('paper', oneOf(['paper', 'demo', 'live'])),
  /** Whose clock the timetable goes by. */
  zone: preset(defaultZone, timeZone),
  dailyTime: optional(matching(/^([01]?\d|2[0-3]):[0-5]\d$/, 'a time of day as HH:MM, for example 10:30')),
  weeklyDay: optional<WeekDay>(oneOf(weekDays)),
  /** Health score below which an alert goes out; absent: as the configuration says. */
  healthThreshold: optional(numberWithin(0, 100)),
  /** `private`: a Function URL that wants IAM signatures. `phone`: beside it, sign-in with Cognito behind CloudFront. */
  dashboard: preset<'private' | 'phone'>('private', oneOf(['private', 'phone'])),
  logDays: preset<(typeof retentions)[number]>(30, oneOf(retentions)),
  /** AWS's own budget alarm, dollars a month. */
  monthlyBudget: preset(5, numberWithin(1, 10_000)),
} as const;

/** What a deployment may choose, from CDK context: `cdk.json`, or `-c mode=demo -c dailyTime=10:30`. */
export type Settings = { readonly [K in keyof typeof readers]: ReturnType<(typeof readers)[K]> };

/** A setting that cannot be: the person who typed it needs the sentence, not the stack. */
export class WrongSetting extends Error {
  override readonly name = 'WrongSetting';
}

/** Reads the context strictly: an unknown name or an impossible value is refused, named, with its fix. */
export function settingsFrom(context: Readonly<Record<string, unknown>>): Settings {
  const unknown = Object.keys(context).find((key) => !(key in readers) && !belongsToCdk(key));
  if (unknown !== undefined) throw wrong(unknown, 'is not a setting', `use one of ${Object.keys(readers).join(', ')}`);
  return Object.fromEntries(Object.entries(readers).map(([key, reader]) => [key, reader(context[key], key)])) as Settings;
}

/** The CDK keeps its own flags and look-ups in the same place. */
function belongsToCdk(key: string): boolean {
  return /^(@|cli-)|:/.test(key);
}

function preset<T>(absent: T, reader: Reader<T>): Setting<T> {
  return (value, key) => (value === undefined ? absent : reader(asText(value, key), key));
}

function optional<T>(reader: Reader<T>): Setting<T | undefined> {
  return (value, key) => (value === undefined ? undefined : reader(asText(value, key), key));
}

/** The command line gives texts, a file may give numbers. */
function asText(value: unknown, key: string): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw wrong(key, `is ${JSON.stringify(value)}`, 'write a text or a number');
}

function oneOf<T extends string | number>(values: readonly T[]): Reader<T> {
  return (value, key) => {
    const found = values.find((candidate) => String(candidate) === value.toLowerCase());
    if (found === undefined) throw wrong(key, `is "${value}"`, `use one of ${values.join(', ')}`);
    return found;
  };
}

function matching(pattern: RegExp, shape: string): Reader<string> {
  return (value, key) => {
    if (!pattern.test(value)) throw wrong(key, `is "${value}"`, `write ${shape}`);
    return value;
  };
}

function numberWithin(low: number, high: number): Reader<number> {
  return (value, key) => {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    if (!(number >= low && number <= high)) throw wrong(key, `is "${value}"`, `write a number from ${low} to ${high}`);
    return number;
  };
}

function timeZone(value: string, key: string): string {
  if (value !== 'UTC' && !Intl.supportedValuesOf('timeZone').includes(value)) {
    throw wrong(key, `is "${value}", which is no time zone`, `write an IANA name, for example ${defaultZone}`);
  }
  return value;
}

function wrong(key: string, what: string, fix: string): WrongSetting {
  return new WrongSetting(`Setting "${key}" ${what}. Fix: ${fix} (in cdk.json under "context", or with -c ${key}=…)`);
}
