import type { Metric, MetricUnit } from '../metrics/metric.ts';
import type { Contracts, Millis, Price, Usd } from '../money.ts';

const CENT = 10_000;

/** What stands where a number would: never a zero. */
export function unknownText(why?: string): string {
  return why === undefined ? 'unknown' : `unknown (${why})`;
}

/** `$1,234.50`, `-$8.40`; four decimals for what is less than a cent but not nothing. */
export function dollars(amount: Usd | undefined, why?: string): string {
  if (amount === undefined) return unknownText(why);
  const magnitude = Math.abs(amount);
  const decimals = magnitude > 0 && magnitude < CENT ? 4 : 2;
  const rounded = magnitudeText(magnitude / 1_000_000, decimals);
  return `${amount < 0 && Number(rounded.replaceAll(',', '')) > 0 ? '-' : ''}$${rounded}`;
}

/** As `dollars`, with a plus before a gain. */
export function signedDollars(amount: Usd | undefined, why?: string): string {
  return amount !== undefined && amount > 0 ? `+${dollars(amount)}` : dollars(amount, why);
}

/** `9.4%`, `15%`: one decimal, unless it is zero. */
export function percent(share: number | undefined, why?: string): string {
  if (share === undefined) return unknownText(why);
  const text = (share * 100).toFixed(1).replace(/\.0$/, '');
  return `${text === '-0' ? '0' : text}%`;
}

/** `57¢`, `57.25¢`. */
export function centsText(price: Price | number | undefined, why?: string): string {
  if (price === undefined) return unknownText(why);
  return `${Number((price / 100).toFixed(2))}¢`;
}

/** Contracts: `21`, `0.25`. */
export function countText(count: Contracts): string {
  return String(count / 100);
}

/** A length of time: `12 s`, `25 min`, `2h10m`, `19 d`. */
export function ageText(ms: number | undefined, why?: string): string {
  if (ms === undefined) return unknownText(why);
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  if (minutes < 2880) return `${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, '0')}m`;
  return `${Math.round(minutes / 1440)} d`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** An instant on the zone's clock, with the zone: `Fri 20 Nov 14:02 EST`. */
export function timeText(at: Millis, zone: string): string {
  const clock = clocks.get(zone) ?? clockOf(zone);
  clocks.set(zone, clock);
  const part = new Map<string, string>(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  return ['weekday', 'day', 'month', 'hour', 'timeZoneName']
    .map((type) => (type === 'hour' ? `${part.get('hour')}:${part.get('minute')}` : part.get(type)))
    .join(' ');
}

/** A metric in its unit, with the sample it stands on where it is an estimate. */
export function metricText({ value, why, low, high }: Metric, unit: MetricUnit): string {
  if (value === undefined) return unknownText(why);
  const text = valueText(value, unit);
  return low === undefined || high === undefined ? text : `${text} (${valueText(low, unit)} to ${valueText(high, unit)})`;
}

export function valueText(value: number, unit: MetricUnit): string {
  const write: Readonly<Record<MetricUnit, (value: number) => string>> = {
    usd: (amount) => dollars(Math.round(amount) as Usd),
    price: centsText,
    share: percent,
    ratio: (ratio) => ratio.toFixed(2),
    duration: ageText,
    count: String,
  };
  return write[unit](value);
}

/** `1 position`, `4 positions`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function magnitudeText(value: number, decimals: number): string {
  const [whole = '0', fraction = ''] = value.toFixed(decimals).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
}

function clockOf(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });
}
