import type { Contracts, Price, Usd } from '../../../shared/domain/money.ts';
import type { Approved } from '../../../shared/domain/order.ts';

/** Buying 10 NO at 0.30, resting until its dead-man; only the gate makes a real one. */
export const approved = (changed: Partial<Approved> = {}) =>
  ({
    key: 'k',
    book: 'live',
    strategy: 's',
    purpose: 'entry',
    reason: 'r',
    ticker: 'KXMADE-1',
    event: 'KXMADE',
    series: 'KXMADE',
    shard: 2,
    side: 'no',
    action: 'buy',
    price: 3000 as Price,
    count: 1000 as Contracts,
    timeInForce: 'good_till_canceled',
    postOnly: true,
    reduceOnly: false,
    expiresAt: 1_800_000_000_999,
    epoch: '2026-11-01T00:00:00Z',
    leg: 0,
    decidedAt: 0,
    risk: 0 as Usd,
    feePredicted: 0 as Usd,
    ...changed,
  }) as Approved;
