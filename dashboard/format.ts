import { html } from 'hono/html';
import type { MetricJson, NamedMetric } from '../shared/api/contract/units.ts';
import type { Html } from './html.ts';

/** What stands where a number would: never a zero. */
export const UNKNOWN = 'unknown';

const plain = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const fine = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', minimumFractionDigits: 4 });

/** `$1,234.50` of a decimal text in dollars; four decimals for what is less than a cent but not nothing. */
export function dollars(text: string | null): string {
  if (text === null) return UNKNOWN;
  const value = Number(text);
  return Math.abs(value) > 0 && Math.abs(value) < 0.01 ? fine.format(value) : plain.format(value);
}

/** As `dollars`, with a plus before a gain. */
export function signed(text: string | null): string {
  return text !== null && Number(text) > 0 ? `+${dollars(text)}` : dollars(text);
}

/** An amount with the colour of its sign; the sign itself says it too. */
export function gain(text: string | null): Html {
  const value = Number(text ?? 0);
  return html`<span class="${value > 0 ? 'up' : value < 0 ? 'down' : 'flat'}">${signed(text)}</span>`;
}

/** `9.4%` of a share. */
export function percent(share: number | null): string {
  return share === null ? UNKNOWN : `${Number((share * 100).toFixed(1))}%`;
}

/** `57¢` of a price in dollars. */
export function cents(text: string | null): string {
  return text === null ? UNKNOWN : `${Number((Number(text) * 100).toFixed(2))}¢`;
}

/** `21`, `0.25` of a count with decimals. */
export function count(text: string): string {
  return String(Number(text));
}

/** `1 position`, `4 positions`. */
export function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

export function duration(seconds: number | null): string {
  if (seconds === null) return '–';
  if (seconds < 90) return `${seconds < 10 ? Number(seconds.toFixed(1)) : Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}

type Unit = NamedMetric['unit'];

/** A figure in its unit, or that it is unknown. Money of figures is in micro-dollars; `sign` shows that of a gain. */
export function figure(value: number | null | undefined, unit: Unit, sign = false): string {
  if (value === null || value === undefined) return UNKNOWN;
  const write: Readonly<Record<Unit, (value: number) => string>> = {
    usd: (amount) => (sign ? signed : dollars)((amount / 1e6).toFixed(6)),
    price: (amount) => `${Number((amount / 100).toFixed(2))}¢`,
    share: percent,
    ratio: (ratio) => ratio.toFixed(2),
    duration: (ms) => duration(ms / 1000),
    count: String,
  };
  return write[unit](value);
}

/** `95% 0.30 to 1.80`: the interval of an estimate; empty where there is none. */
export function interval({ low, high }: MetricJson, unit: Unit): string {
  return low === undefined || high === undefined ? '' : `95% ${figure(low, unit)} to ${figure(high, unit)}`;
}
