import { describe, expect, it } from 'vitest';
import type { Contracts, Price, Usd } from '../../shared/domain/money.ts';
import { sync } from '../../shared/jobs/sync.ts';
import type { ExchangeFill, ExchangeOrder } from '../../shared/ports/exchange.ts';
import { NOON } from '../fixtures/market-rows.ts';
import { scriptedAccount } from '../fixtures/scripted-account.ts';

/** Ten YES at 50 cents that a person wants, and the fill of it. */
const byHand = { ticker: 'KXA-1-T1', side: 'yes', orderId: 'o-1', price: 5_000 as Price } as const;
const wanted: ExchangeOrder = {
  ...{ ...byHand, clientOrderId: 'by-hand', status: 'resting', createdAt: NOON },
  ...{ filled: 0 as Contracts, remaining: 1_000 as Contracts },
};
const bought: ExchangeFill = {
  ...{ ...byHand, id: 'f-1', at: NOON + 1, action: 'buy', role: 'maker' },
  ...{ count: 1_000 as Contracts, fee: 0 as Usd },
};

describe('a book that begins', () => {
  it('has the cash of the exchange to the micro-dollar, and waits while orders rest: nobody tells what they hold', async () => {
    const { io, store, said } = scriptedAccount();
    said.orders = [wanted];
    await expect(sync(io, 'demo')).rejects.toThrow(/cannot begin while 1 orders rest.*Fix: cancel them on the exchange or let them end/);
    expect(await store.breakers.read('demo')).toMatchObject({ state: 'reducing', detail: expect.stringContaining('1 orders rest') });
    expect((await store.ledger.head('demo')).version).toBe(0);
    said.orders = [];
    said.cash = 123_456_789 as Usd;
    await sync(io, 'demo');
    expect((await store.ledger.head('demo')).ledger).toMatchObject({ cash: 123_456_789, deposits: 123_456_789 });
    expect(await store.breakers.read('demo')).toMatchObject({ state: 'active' });
  });

  it('does not mind orders that were made by hand later: they are none of ours', async () => {
    const { io, store, said } = scriptedAccount();
    await sync(io, 'demo');
    said.orders = [wanted];
    said.cash = 995_000_000 as Usd;
    expect((await sync(io, 'demo')).differences).toEqual([]);
    expect(await store.orders.live('demo')).toEqual([]);
    said.orders = [{ ...wanted, status: 'executed', filled: 1_000 as Contracts, remaining: 0 as Contracts }];
    said.fills = [bought];
    said.positions = [{ ticker: 'KXA-1-T1', shard: 0, yesCount: 1_000 }];
    expect((await sync(io, 'demo')).differences).toEqual([]);
    const position = (await store.ledger.head('demo')).ledger.positions.get('KXA-1-T1');
    expect(position).toMatchObject({ count: 1_000 });
    expect(position).not.toHaveProperty('strategy');
  });
});
