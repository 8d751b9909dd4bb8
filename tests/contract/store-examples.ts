import type { Fill } from '../../shared/domain/fill.ts';
import type { LedgerEntry } from '../../shared/domain/ledger.ts';
import type { Contracts, Price, Usd } from '../../shared/domain/money.ts';
import type { Approved, OrderIntent, Receipt } from '../../shared/domain/order.ts';
import type { Lease, Store } from '../../shared/ports/store.ts';

export const usd = (micros: number) => micros as Usd;
export const contracts = (hundredths: number) => hundredths as Contracts;

/** Three contracts of one market at 50 cents, at most 1.50 dollars at risk; passed by no gate but the test's word. */
export function anIntent(changes: Partial<OrderIntent> = {}): Approved {
  const intent: OrderIntent = {
    key: 'paper|dip|KXA-1|yes|entry|2026-11-20T12:00:00Z|0',
    book: 'paper',
    strategy: 'dip',
    purpose: 'entry',
    reason: 'it fell',
    ticker: 'KXA-1',
    event: 'KXA',
    series: 'KX',
    category: 'Climate',
    shard: 2,
    side: 'yes',
    action: 'buy',
    price: 5000 as Price,
    count: contracts(300),
    timeInForce: 'good_till_canceled',
    postOnly: true,
    reduceOnly: false,
    epoch: '2026-11-20T12:00:00Z',
    leg: 0,
    decidedAt: 1000,
    risk: usd(1_500_000),
    feePredicted: usd(0),
    ...changes,
  };
  return intent as Approved;
}

/** A lease in force from 1,000 to 100,000. */
export async function aLease(store: Store, owner = 'worker'): Promise<Lease> {
  const lease = await store.leases.acquire('trade', owner, 1000, 100_000);
  if (!lease) throw new Error('the example lease was not free');
  return lease;
}

/** Reserves under a fresh lease, with no limit but the given ones. */
export async function reserved(store: Store, id: string, changes: Partial<OrderIntent> = {}) {
  const lease = await aLease(store);
  return store.orders.reserve(id, anIntent(changes), lease, [], 2000);
}

/** What the exchange says of an order of `reserved`. */
export function said(state: 'resting' | 'filled' | 'cancelled', filled: number, at = 3000, price?: number): Receipt {
  return { state, orderId: 'o-1', filled: contracts(filled), at, ...(price === undefined ? {} : { price: price as Price }) };
}

/** Everything at risk in the paper book. */
export async function total(store: Store): Promise<number> {
  return (await store.orders.counters('paper')).held.get('total') ?? 0;
}

export function aFill(id: string, changes: Partial<Fill> = {}): LedgerEntry {
  return {
    kind: 'fill',
    id,
    book: 'paper',
    at: 5000,
    orderId: 'o-1',
    ticker: 'KXA-1',
    event: 'KXA',
    side: 'yes',
    action: 'buy',
    price: 5000 as Price,
    count: contracts(300),
    fee: usd(10_000),
    role: 'taker',
    ...changes,
  };
}

export function aDeposit(id: string, amount: number, at = 1): LedgerEntry {
  return { kind: 'deposit', id, at, amount: usd(amount) };
}

export function aSettlement(id: string, ticker: string, at = 9000): LedgerEntry {
  return { kind: 'settlement', id, at, ticker, yesValue: usd(1_000_000) };
}

export async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
