import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { endpoint } from '../../../shared/adapters/kalshi/endpoint.ts';
import { KalshiBroker } from '../../../shared/adapters/kalshi/kalshi-broker.ts';
import type { Contracts, Price } from '../../../shared/domain/money.ts';
import type { Approved, OrderRecord, Receipt } from '../../../shared/domain/order.ts';
import { ExchangeError } from '../../../shared/ports/exchange-error.ts';
import { FRIDAY } from './desk-fixture.ts';
import { goodKey, type OnAir, onAir } from './on-air.ts';
import { everyShard, intent, listed, someMarket } from './some-market.ts';

const HOUR = 3_600_000;
async function submitted(room: OnAir, order: Approved): Promise<Receipt> {
  return new KalshiBroker((await room.connect()).transport).submit(`c-${order.ticker}`, order);
}

async function failure(work: Promise<unknown>): Promise<ExchangeError> {
  const error = await work.catch((caught: unknown) => caught);
  if (!(error instanceof ExchangeError)) throw new Error(`expected a refusal of the exchange, got ${String(error)}`);
  return error;
}

describe('the client, told no by the exchange', () => {
  it('tells a key that is not known there from one that signs for another', async () => {
    const room = await onAir({ markets: 20 });
    const stranger = await room.connect({ ...goodKey, keyId: 'nobody' });
    expect(await failure(stranger.account?.balance() ?? Promise.resolve())).toMatchObject({
      outcome: 'refused',
      status: 401,
      fix: expect.stringContaining('KALSHI_KEY_ID'),
    });
    const other = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const forged = await room.connect({ ...goodKey, privateKey: other });
    expect(await failure(forged.account?.balance() ?? Promise.resolve())).toMatchObject({
      status: 401,
      fix: expect.stringContaining('private key'),
    });
  });

  it('says that the location attestation has lapsed', async () => {
    const room = await onAir({ settings: { cash: everyShard, regionExpiresAt: FRIDAY - HOUR } });
    const sports = room.exchange.venue.world;
    const { ticker, terms } = await someMarket(
      room,
      (board, row) => sports.market(board.ticker[row] ?? '')?.event.series.category === 'Sports',
    );
    expect(await submitted(room, intent(ticker, terms.shard))).toMatchObject({
      state: 'rejected',
      code: 'location_attestation_expired',
      fix: expect.stringContaining('confirm your location'),
    });
  });

  it('says that the price is not on the market’s grid', async () => {
    const room = await onAir({ settings: { cash: everyShard } });
    const { ticker, terms } = await someMarket(
      room,
      (board, row) => board.terms(row).priceRanges?.every(({ step }) => step === 100) ?? false,
    );
    expect(await submitted(room, intent(ticker, terms.shard, { price: 155 as Price }))).toMatchObject({
      state: 'rejected',
      fix: expect.stringContaining('grid'),
    });
  });

  it('says which way to fund a shard that has no cash', async () => {
    const room = await onAir({ markets: 300 });
    const { ticker, terms } = await someMarket(room, (board, row) => (board.terms(row).shard ?? 0) > 0);
    expect(await submitted(room, intent(ticker, terms.shard))).toMatchObject({
      state: 'rejected',
      fix: expect.stringContaining('pilot shards move'),
    });
  });

  it('leaves a closed market alone', async () => {
    const room = await onAir({ settings: { cash: everyShard } });
    const { ticker, terms } = await someMarket(room);
    room.exchange.amend(ticker, { closeAt: FRIDAY - 1000, endsAt: FRIDAY - 1000 });
    expect(await submitted(room, intent(ticker, terms.shard))).toMatchObject({
      state: 'rejected',
      fix: expect.stringContaining('takes no orders now'),
    });
  });

  it('stops at an endpoint that is gone', async () => {
    const room = await onAir({ markets: 20 });
    const { transport } = await room.connect();
    const old = endpoint<{ readonly body: object }>()({
      name: 'CreateOrder',
      method: 'POST',
      path: '/portfolio/orders',
      signed: true,
      answer: z.object({}),
    });
    expect(await failure(transport.call(old, { body: {} }))).toMatchObject({
      outcome: 'refused',
      status: 410,
      code: 'deprecated_v1_order_endpoint',
      fix: expect.stringContaining('stop trading'),
    });
  });

  it('does not know what became of an order whose answer was cut off, and finds it by its client id', async () => {
    const room = await onAir({ settings: { cash: everyShard, readLagMs: 0 } });
    const { ticker, terms } = await someMarket(room);
    const { transport, account } = await room.connect();
    room.exchange.faults.set('error-after:1');
    const receipt = await new KalshiBroker(transport).submit('c-lost', intent(ticker, terms.shard));
    room.exchange.faults.set('none');
    expect(receipt.state).toBe('unknown');
    const orders = (await account?.orders({ ticker })) ?? [];
    expect(orders).toMatchObject([{ clientOrderId: 'c-lost', status: 'resting', remaining: 200 }]);
  });

  it('knows no price rather than a wrong one when an answer is half a JSON', async () => {
    const room = await onAir({ markets: 20, faults: 'half-body:1' });
    const { marketData } = await room.connect();
    expect(await failure(marketData.status())).toMatchObject({ outcome: 'unknown', fix: expect.any(String) });
  });
});

describe('the client and the exchange agree', () => {
  it('on an order’s whole life: resting, listed, cancelled, gone', async () => {
    const room = await onAir({ settings: { cash: everyShard, readLagMs: 0 } });
    const { ticker, terms } = await someMarket(room);
    const { transport, account } = await room.connect();
    const broker = new KalshiBroker(transport);
    const order = intent(ticker, terms.shard);
    const receipt = await broker.submit('c-1', order);
    expect(receipt).toMatchObject({ state: 'resting', filled: 0 });
    expect(await account?.orders({ resting: true })).toMatchObject([{ clientOrderId: 'c-1', side: 'yes', price: 100, remaining: 200 }]);
    const record = {
      id: 'c-1',
      intent: order,
      state: 'resting',
      filled: 0,
      held: 0,
      token: 1,
      updatedAt: FRIDAY,
    } as unknown as OrderRecord;
    expect(await broker.cancel(record, room.clock.now())).toMatchObject({ state: 'cancelled', filled: 0 });
    expect(await account?.orders({ resting: true })).toEqual([]);
  });

  it.each(['yes', 'no'] as const)('on what a fill of %s costs, to the micro-dollar', async (side) => {
    const room = await onAir({ settings: { cash: everyShard, readLagMs: 0 } });
    const { ticker, terms } = await someMarket(room);
    const { transport, account } = await room.connect();
    const before = (await account?.balance())?.total ?? Number.NaN;
    const buy = intent(ticker, terms.shard, {
      side,
      price: 9900 as Price,
      count: 100 as Contracts,
      timeInForce: 'immediate_or_cancel',
      postOnly: false,
    });
    expect(await new KalshiBroker(transport).submit('c-2', buy)).toMatchObject({ state: 'filled', filled: 100 });
    const fills = (await account?.fills(FRIDAY - HOUR)) ?? [];
    expect(new Set(fills.map((fill) => fill.side))).toEqual(new Set([side]));
    const paid = fills.reduce((sum, { price, count, fee }) => sum + price * count + fee, 0);
    expect((await account?.balance())?.total).toBe(before - paid);
    expect(await account?.positions()).toMatchObject([{ ticker, yesCount: side === 'yes' ? 100 : -100 }]);
  });

  it('on every open market of a generated world: none lost, none doubled, over eight ways', async () => {
    const room = await onAir({ markets: 6000, seed: 9 });
    const tickers = (await listed(room)).map(({ board, row }) => board.ticker[row] ?? '');
    const { world } = room.exchange.venue;
    const now = room.clock.now();
    const open = new Set<string>();
    for (const [, event] of world.events({ createdTo: now, settledFrom: now })) {
      for (const market of event.markets) if (market.openAt <= now && now < market.endsAt && !event.series.combo) open.add(market.ticker);
    }
    expect(new Set(tickers).size).toBe(tickers.length);
    expect(tickers.length).toBeGreaterThan(5000);
    expect(open.size).toBeGreaterThan(5000);
    const seen = new Set(tickers);
    const missing = [...open].filter((ticker) => !seen.has(ticker) && world.market(ticker)?.pause === undefined);
    const extra = tickers.filter((ticker) => !open.has(ticker));
    expect([missing, extra]).toEqual([[], []]);
  });

  it('on a quote: it is the best of both sides of the book, and every answer is as documented', async () => {
    const room = await onAir();
    const { ticker } = await someMarket(room);
    const { marketData, transport } = await room.connect();
    const book = (await marketData.orderBooks([ticker], 5)).get(ticker);
    const [quote] = [await marketData.quotes([ticker])];
    expect(book?.yes[0]?.price).toBe(quote.bid[0]);
    expect(10_000 - (book?.no[0]?.price ?? Number.NaN)).toBe(quote.ask[0]);
    expect(transport.canary.sightings()).toEqual([]);
  });
});
