import type { Counters, Held } from '../../domain/counters.ts';
import type { Usd } from '../../domain/money.ts';
import type { OrderIntent, OrderRecord } from '../../domain/order.ts';
import type { Attributes } from './layout.ts';

/** An order as an item: what changes is attributes, what was decided is text. `rev` grows with every change. */
export function orderItem({ intent, ...rest }: OrderRecord, rev: number): Attributes {
  return { ...rest, book: intent.book, ticker: intent.ticker, intent: JSON.stringify(intent), rev };
}

export function orderRecord(item: Attributes): OrderRecord {
  const { pk: _pk, sk: _sk, v: _v, rev: _rev, book: _book, ticker: _ticker, intent, ...rest } = item;
  return { ...(rest as unknown as OrderRecord), intent: JSON.parse(String(intent)) as OrderIntent };
}

/** A book's counters as one item: an attribute for each, so that one condition can guard them all. */
export function countersItem(held: Held, version: number): Attributes {
  return { ...Object.fromEntries(held), version };
}

export function countersIn(item: Attributes | undefined): Counters {
  const { pk: _pk, sk: _sk, v: _v, version, ...held } = item ?? {};
  return { held: new Map(Object.entries(held as Record<string, Usd>)), version: (version as number | undefined) ?? 0 };
}
