import type { Usd } from './money.ts';
import { usdText } from './money.ts';

/** Money at risk by counter name; a name that is absent holds nothing. */
export type Held = ReadonlyMap<string, Usd>;

/** A book's counters. `version` changes with every write: what was computed from a reading is written only over that reading. */
export interface Counters {
  readonly held: Held;
  readonly version: number;
}

/** What one order may bring a counter to. */
export interface CounterLimit {
  /** `total`, `market:TICKER`, `event:TICKER`, `category:NAME`, `shard:N`. */
  readonly counter: string;
  readonly limit: Usd;
}

/** Where in the book an order or a position counts. */
export interface CounterScope {
  readonly ticker: string;
  readonly event: string;
  readonly category?: string;
  readonly shard?: number | undefined;
}

/** The counters that an order or a position of this scope is held by. */
export function countersOf({ ticker, event, category, shard }: CounterScope): readonly string[] {
  return [
    'total',
    `market:${ticker}`,
    `event:${event}`,
    ...(category === undefined ? [] : [`category:${category}`]),
    ...(shard === undefined ? [] : [`shard:${shard}`]),
  ];
}

export function raise(held: Held, names: readonly string[], amount: Usd): Held {
  const next = new Map(held);
  for (const name of names) next.set(name, ((next.get(name) ?? 0) + amount) as Usd);
  return next;
}

/** Lowers the named counters by `amount`, none of them below what `floor` holds for it. */
export function lower(held: Held, names: readonly string[], amount: Usd, floor: Held = nothing): Held {
  const next = new Map(held);
  for (const name of names) {
    const before = held.get(name) ?? 0;
    const after = Math.min(before, Math.max(floor.get(name) ?? 0, before - amount));
    if (after > 0) next.set(name, after as Usd);
    else next.delete(name);
  }
  return next;
}

/** The first limit that `risk` more would break, in words; a limit that is no number allows nothing. */
export function overLimit(held: Held, limits: readonly CounterLimit[], risk: Usd): string | undefined {
  for (const { counter, limit } of limits) {
    const now = held.get(counter) ?? (0 as Usd);
    if (!(now + risk <= limit)) return `${counter} holds ${usdText(now)} of ${usdText(limit)} and the order needs ${usdText(risk)}`;
  }
  return undefined;
}

/** The part of the counters that the unfilled part of these orders needs. */
export function heldByOrders(orders: readonly { readonly intent: CounterScope; readonly held: Usd }[]): Held {
  return orders.reduce<Held>((sum, { intent, held }) => (held > 0 ? raise(sum, countersOf(intent), held) : sum), nothing);
}

const nothing: Held = new Map();
