import type { Book } from '../../domain/book.ts';
import type { CounterLimit } from '../../domain/counters.ts';
import { countersOf, overLimit } from '../../domain/counters.ts';
import type { Millis } from '../../domain/money.ts';
import type { OrderRecord } from '../../domain/order.ts';
import type { Lease, Reserved } from '../../ports/store.ts';
import { type Expression, expression } from './expression.ts';
import { at } from './keys.ts';
import type { Attributes } from './layout.ts';
import { countersIn, orderItem, orderRecord } from './order-items.ts';
import type { Refusals } from './refusals.ts';
import type { Write } from './table.ts';

/** What a reservation asks, in the order in which its refusals are told. */
export interface Reservation {
  readonly record: OrderRecord;
  readonly lease: Lease;
  readonly limits: readonly CounterLimit[];
  readonly at: Millis;
}

/** One condition of the transaction, and what its refusal says of the item that was met. */
interface Part<R extends Refused = Refused> {
  readonly write: Write;
  refusal(met: Attributes): R;
}

type Refused = Extract<Reserved, { readonly ok: false }>;
/** Refused by what every sending asks, new or re-pegged. */
type Stopped = { readonly ok: false; readonly why: 'breaker' | 'lease'; readonly detail: string };

/** All of these hold, and are written, or nothing is. */
export function writesOf(reservation: Reservation): readonly Write[] {
  return [...partsOf(reservation).map(({ write }) => write), listing(reservation)];
}

/** The first part that was refused says why. */
export function refusalOf(reservation: Reservation, refused: Refusals): Refused | undefined {
  const first = Math.min(...refused.keys());
  return partsOf(reservation)[first]?.refusal(refused.get(first) ?? {});
}

function partsOf(reservation: Reservation): readonly Part[] {
  const { intent } = reservation.record;
  const entry = intent.purpose === 'entry';
  return [
    newIntent(reservation),
    heldLease(reservation.lease, reservation.at),
    ...(entry ? [activeBreaker(intent.book)] : []),
    freeMarket(reservation),
    ...(entry ? [raisedCounters(reservation)] : []),
  ];
}

function newIntent({ record }: Reservation): Part {
  return {
    write: { put: at.order(record.id), item: orderItem(record, 1), when: absent },
    refusal: (met) => ({ ok: false, why: 'exists', record: orderRecord(met) }),
  };
}

export function heldLease({ name, owner, token }: Lease, now: Millis): Part<Stopped> {
  return {
    write: { check: at.lease(name), when: expression('#token = :token AND #owner = :owner AND #until > :now', { token, owner, now }) },
    refusal: () => ({ ok: false, why: 'lease', detail: `${name} is no longer held under token ${token}` }),
  };
}

export function activeBreaker(book: Book): Part<Stopped> {
  return {
    write: { check: at.breaker(book), when: expression('attribute_not_exists(#v) OR #state = :active', { active: 'active' }) },
    refusal: (met) => ({ ok: false, why: 'breaker', detail: `${book} is ${String(met.state)}` }),
  };
}

function freeMarket({ record: { id, intent } }: Reservation): Part {
  return {
    write: { put: at.market(intent.book, intent.ticker), item: { id }, when: absent },
    refusal: (met) => ({ ok: false, why: 'market-busy', detail: `order ${String(met.id)} of ${intent.ticker} is live` }),
  };
}

function raisedCounters({ record: { intent, held: risk }, limits }: Reservation): Part {
  return {
    write: { update: at.counters(intent.book), ...raising(countersOf(intent), limits, risk) },
    refusal: (met) => ({ ok: false, why: 'over-limit', detail: overLimit(countersIn(met).held, limits, risk) ?? 'a counter moved' }),
  };
}

function raising(counters: readonly string[], limits: readonly CounterLimit[], risk: number) {
  const named = (names: readonly string[], prefix: string) => Object.fromEntries(names.map((name, index) => [`${prefix}${index}`, name]));
  const sets = counters.map((_, index) => `#c${index} = if_not_exists(#c${index}, :zero) + :risk`);
  const rooms = limits.map(({ limit }) => Math.min(limit, Number.MAX_SAFE_INTEGER) - risk);
  const conditions = rooms.map((room, index) => `(${room < 0 ? '' : `attribute_not_exists(#l${index}) OR `}#l${index} <= :room${index})`);
  const values = Object.fromEntries(rooms.map((room, index) => [`room${index}`, room]));
  const set = expression(
    [...sets, '#version = if_not_exists(#version, :zero) + :one'].join(', '),
    { zero: 0, one: 1, risk },
    named(counters, 'c'),
  );
  if (conditions.length === 0) return { set };
  const names = named(
    limits.map(({ counter }) => counter),
    'l',
  );
  return { set, when: expression(conditions.join(' AND '), values, names) };
}

/** What `recent` reads; written with the order, never refused. */
function listing({ record: { id, intent } }: Reservation): Write {
  return { put: at.orderByTime(intent.book, intent.decidedAt, id), item: { id } };
}

const absent: Expression = expression('attribute_not_exists(#v)');
