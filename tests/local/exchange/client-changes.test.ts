import { describe, expect, it } from 'vitest';
import { KalshiBroker } from '../../../shared/adapters/kalshi/kalshi-broker.ts';
import type { Contracts, Price } from '../../../shared/domain/money.ts';
import type { ApprovedRepeg, OrderRecord } from '../../../shared/domain/order.ts';
import { GROUP_GONE } from '../../../shared/jobs/order-groups.ts';
import { aRepeg } from '../../fixtures/trading-desk.ts';
import { onAir } from './on-air.ts';
import { everyShard, intent, someMarket } from './some-market.ts';

describe('the client and the exchange agree', () => {
  it('on a re-peg: the same order at its new price, and where a refused one rests', async () => {
    const room = await onAir({ settings: { cash: everyShard, readLagMs: 0 } });
    const { ticker, terms, ask } = await someMarket(room, (board, row) => (board.ask[row] ?? 0) > 1_000);
    const { transport, account } = await room.connect();
    const broker = new KalshiBroker(transport);
    const order = intent(ticker, terms.shard);
    const receipt = await broker.submit('c-1', order);
    const record = { id: 'c-1', intent: order, ...receipt } as unknown as OrderRecord;
    const to = (price: number) => aRepeg({ id: 'c-1', ticker, to: price as Price }) as ApprovedRepeg;
    expect(await broker.amend(record, to(200))).toMatchObject({ state: 'resting', price: 200, filled: 0 });
    const listed = { clientOrderId: 'c-1', price: 200, remaining: 200 };
    expect(await account?.orders({})).toMatchObject([listed]);
    expect(await broker.amend({ ...record, price: 200 as Price }, to(ask))).toMatchObject({
      state: 'resting',
      price: 200,
      detail: expect.stringContaining('post only cross'),
    });
    expect(await account?.orders({})).toMatchObject([listed]);
  });

  it('on an order group: triggered it takes nothing and keeps nothing, until it is reset; exits do not go under it', async () => {
    const room = await onAir({ settings: { cash: everyShard, readLagMs: 0 } });
    const { ticker, terms } = await someMarket(room);
    const { transport, account } = await room.connect();
    const broker = new KalshiBroker(transport);
    const shard = terms.shard ?? 0;
    const group = await broker.groups.open(shard, 250_000 as Contracts);
    expect(await broker.submit('c-1', intent(ticker, shard), group)).toMatchObject({ state: 'resting' });
    await broker.groups.trigger(group, shard);
    expect(await account?.orders({ resting: true })).toEqual([]);
    const stopped = { state: 'rejected', code: 'exceeded_order_group_risk_limit', fix: expect.stringContaining('pilot resume') };
    expect(await broker.submit('c-2', intent(ticker, shard), group)).toMatchObject(stopped);
    expect(await broker.submit('c-3', intent(ticker, shard))).toMatchObject({ state: 'resting' });
    await broker.groups.reset(group, shard);
    expect(await broker.submit('c-4', intent(ticker, shard), group)).toMatchObject({ state: 'resting' });
    expect(await broker.submit('c-5', intent(ticker, shard), 'gone')).toMatchObject({ state: 'rejected', code: GROUP_GONE });
  });
});
