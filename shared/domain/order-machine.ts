import type { Contracts, Millis, Price, Usd } from './money.ts';
import type { Approved, OrderIntent, OrderRecord, OrderState, Receipt, Repegs } from './order.ts';
import { isLive } from './order.ts';

/** One change of an order: what it is now, and the money that the counters need no longer hold. */
export interface Change {
  readonly record: OrderRecord;
  readonly freed: Usd;
}

const ZERO = 0 as Usd;

export function reserved(id: string, intent: Approved, token: number, at: Millis): OrderRecord {
  return { id, intent, state: 'reserved', updatedAt: at, filled: 0 as Contracts, held: unfilledRisk(intent, 0), token };
}

/** Written before the socket is touched; undefined when it is no longer `reserved`. */
export function sent(record: OrderRecord, at: Millis): OrderRecord | undefined {
  return record.state === 'reserved' ? { ...record, state: 'sent', sentAt: at, updatedAt: at } : undefined;
}

/**
 * A re-peg about to be sent, written before the socket is touched. Undefined when the order does not rest, another re-peg
 * is under way, or its bounds are reached: the money for more was never reserved.
 */
export function repegSent(record: OrderRecord, to: Price, at: Millis): OrderRecord | undefined {
  const { state, intent, repegs } = record;
  const count = (repegs?.count ?? 0) + 1;
  if (state !== 'resting' || repegs?.pending !== undefined || intent.repeg === undefined) return undefined;
  if (count > intent.repeg.times || to > intent.repeg.ceiling) return undefined;
  return { ...record, repegs: { count, at, pending: to }, updatedAt: at };
}

/** A reserved order that never left; undefined when it did. */
export function abandoned(record: OrderRecord, detail: string, at: Millis): Change | undefined {
  return record.state === 'reserved' ? ended(record, 'abandoned', record.filled, { detail, updatedAt: at }) : undefined;
}

/** What the exchange said, applied; undefined when the order had already ended. A filled count never falls: reads lag. */
export function settled(record: OrderRecord, receipt: Receipt): Change | undefined {
  if (!isLive(record.state)) return undefined;
  const updatedAt = receipt.at;
  if (receipt.state === 'unknown') return { record: { ...record, state: 'unknown', detail: receipt.detail, updatedAt }, freed: ZERO };
  if (receipt.state === 'rejected') {
    const detail = `${receipt.code}: ${receipt.detail} Fix: ${receipt.fix}`;
    return ended(record, 'rejected', record.filled, { detail, updatedAt });
  }
  const filled = Math.max(record.filled, receipt.filled) as Contracts;
  const said = { orderId: receipt.orderId, updatedAt, ...(receipt.detail === undefined ? {} : { detail: receipt.detail }) };
  return receipt.state === 'resting' ? resting(record, filled, said, receipt.price) : ended(record, receipt.state, filled, said);
}

/** One more look that did not find it. Looks at the same instant count once; undefined when nothing changes. */
export function missed(record: OrderRecord, at: Millis): OrderRecord | undefined {
  if (!isLive(record.state) || (record.lastMissAt !== undefined && record.lastMissAt >= at)) return undefined;
  return { ...record, misses: (record.misses ?? 0) + 1, firstMissAt: record.firstMissAt ?? at, lastMissAt: at };
}

/** What an intent's unfilled part can still cost, rounded down so that what is filled stays counted whole; an exit risks nothing. */
export function unfilledRisk(intent: Pick<OrderIntent, 'purpose' | 'risk' | 'count'>, filled: number): Usd {
  if (intent.purpose === 'exit') return ZERO;
  const unfilled = Math.max(0, intent.count - filled);
  return Number((BigInt(intent.risk) * BigInt(unfilled)) / BigInt(intent.count)) as Usd;
}

/** It was found: what was missed before no longer counts. A re-peg under way stays so until somebody says where it rests. */
function resting(record: OrderRecord, filled: Contracts, said: Partial<OrderRecord>, price: Price | undefined): Change {
  const { misses: _misses, firstMissAt: _first, lastMissAt: _last, ...found } = record;
  const open = record.repegs?.pending !== undefined && price === undefined;
  const state = open ? record.state : 'resting';
  const rests = open ? found : { ...found, ...restsAt(record, price) };
  return { record: { ...rests, ...said, state, filled, held: unfilledRisk(record.intent, filled) }, freed: ZERO };
}

function restsAt({ repegs }: OrderRecord, price: Price | undefined): Partial<OrderRecord> {
  if (repegs === undefined || price === undefined) return {};
  return { price, repegs: closed(repegs) };
}

function closed({ count, at }: Repegs): Repegs {
  return { count, at };
}

function ended(record: OrderRecord, state: OrderState, filled: Contracts, said: Partial<OrderRecord>): Change {
  const over = record.repegs === undefined ? {} : { repegs: closed(record.repegs) };
  return { record: { ...record, ...over, ...said, state, filled, held: ZERO }, freed: unfilledRisk(record.intent, filled) };
}
