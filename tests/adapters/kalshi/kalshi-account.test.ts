import { describe, expect, it } from 'vitest';
import { KalshiAccount } from '../../../shared/adapters/kalshi/kalshi-account.ts';
import type { Answer, Asked } from './answering-server.ts';
import { connected } from './connected.ts';

const fill = (id: string, changed: object = {}) => ({
  fill_id: id,
  trade_id: id,
  exchange_index: 2,
  order_id: 'o-1',
  ticker: 'KXMADE-1',
  market_ticker: 'KXMADE-1',
  outcome_side: 'yes',
  book_side: 'bid',
  count_fp: '2.50',
  yes_price_dollars: '0.4100',
  no_price_dollars: '0.5900',
  is_taker: true,
  created_time: '2026-11-01T00:00:01.5Z',
  fee_cost: '0.004235',
  ...changed,
});
const order = (id: string, changed: object = {}) => ({
  order_id: id,
  user_id: 'u',
  client_order_id: `c-${id}`,
  ticker: 'KXMADE-1',
  outcome_side: 'no',
  book_side: 'ask',
  type: 'limit',
  status: 'resting',
  yes_price_dollars: '0.4100',
  no_price_dollars: '0.5900',
  fill_count_fp: '1.00',
  remaining_count_fp: '4.00',
  initial_count_fp: '5.00',
  taker_fill_cost_dollars: '0.000000',
  maker_fill_cost_dollars: '0.590000',
  taker_fees_dollars: '0.000000',
  maker_fees_dollars: '0.000000',
  created_time: '2026-11-01T00:00:00Z',
  ...changed,
});

async function account(path: string, answer: (asked: Asked) => Answer) {
  const { transport, asked } = await connected({ [`GET ${path}`]: answer });
  return { account: new KalshiAccount(transport), asked };
}

describe('fills', () => {
  it('are told as buys of the side they moved the position to, at its price, fees as charged', async () => {
    const { account: mine } = await account('/portfolio/fills', () => ({
      body: { fills: [fill('a'), fill('b', { outcome_side: 'no', book_side: 'ask', is_taker: false })], cursor: '' },
    }));
    expect(await mine.fills(0)).toEqual([
      {
        id: 'a',
        at: Date.UTC(2026, 10, 1, 0, 0, 1, 500),
        orderId: 'o-1',
        ticker: 'KXMADE-1',
        side: 'yes',
        action: 'buy',
        price: 4100,
        count: 250,
        fee: 4235,
        role: 'taker',
        shard: 2,
      },
      expect.objectContaining({ id: 'b', side: 'no', action: 'buy', price: 5900, role: 'maker' }),
    ]);
  });

  it('are read to the last page, from the second that holds the moment, each once', async () => {
    const pages: Readonly<Record<string, object>> = {
      '': { fills: [fill('a'), fill('b')], cursor: 'two' },
      two: { fills: [fill('c'), fill('b')], cursor: '' },
    };
    const { account: mine, asked } = await account('/portfolio/fills', ({ url }) => ({
      body: pages[url.searchParams.get('cursor') ?? ''],
    }));
    expect((await mine.fills(1_790_000_000_999)).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(asked[0]?.url.searchParams.get('min_ts')).toBe('1790000000');
    expect(asked[0]?.url.searchParams.get('limit')).toBe('1000');
  });

  it.each([['fee_cost'], ['count_fp'], ['outcome_side'], ['yes_price_dollars'], ['is_taker'], ['created_time']])(
    'without %s are an error that names it, never a guess',
    async (field) => {
      const { account: mine } = await account('/portfolio/fills', () => ({
        body: { fills: [fill('a', { [field]: undefined })], cursor: '' },
      }));
      await expect(mine.fills(0)).rejects.toThrow(new RegExp(`${field} is missing.*Fix:`));
    },
  );

  it('end with an error when the pages go in circles', async () => {
    const { account: mine } = await account('/portfolio/fills', () => ({ body: { fills: [fill('a')], cursor: 'again' } }));
    await expect(mine.fills(0)).rejects.toMatchObject({ code: 'cursor_loop' });
  });
});

describe('orders', () => {
  it('are told in the side they move the position to', async () => {
    const { account: mine, asked } = await account('/portfolio/orders', () => ({ body: { orders: [order('1')], cursor: '' } }));
    expect(await mine.orders({ ticker: 'KXMADE-1', since: 5000, resting: true })).toEqual([
      {
        orderId: '1',
        clientOrderId: 'c-1',
        ticker: 'KXMADE-1',
        side: 'no',
        status: 'resting',
        price: 5900,
        filled: 100,
        remaining: 400,
        createdAt: Date.UTC(2026, 10, 1),
      },
    ]);
    expect(Object.fromEntries(asked[0]?.url.searchParams ?? [])).toEqual({
      limit: '1000',
      ticker: 'KXMADE-1',
      min_ts: '5',
      status: 'resting',
    });
  });

  it('with a status that is new are refused, not mapped', async () => {
    const { account: mine } = await account('/portfolio/orders', () => ({
      body: { orders: [order('1', { status: 'pending' })], cursor: '' },
    }));
    await expect(mine.orders({})).rejects.toMatchObject({ code: 'unknown_value' });
  });
});

describe('money', () => {
  it('is the balance in micro-dollars, and what each shard can use', async () => {
    const body = {
      balance: 1234,
      balance_dollars: '12.345678',
      portfolio_value: 0,
      updated_ts: 1,
      balance_breakdown: [
        { exchange_index: 0, balance: '10.000000' },
        { exchange_index: 2, balance: '2.345678' },
      ],
    };
    const { account: mine } = await account('/portfolio/balance', () => ({ body }));
    expect(await mine.balance()).toEqual({
      total: 12_345_678,
      byShard: new Map([
        [0, 10_000_000],
        [2, 2_345_678],
      ]),
    });
  });

  it('without dollars is an error: whole cents are cut off', async () => {
    const { account: mine } = await account('/portfolio/balance', () => ({ body: { balance: 1234, portfolio_value: 0, updated_ts: 1 } }));
    await expect(mine.balance()).rejects.toThrow(/balance_dollars is missing/);
  });

  it('came and went only where the balance has it', async () => {
    const payment = (id: string, status: string, finalized_ts: number | null) => ({
      id,
      status,
      type: 'ach',
      amount_cents: 5000,
      fee_cents: 100,
      created_ts: 100,
      finalized_ts,
    });
    const { transport } = await connected({
      'GET /portfolio/deposits': () => ({
        body: { deposits: [payment('d1', 'applied', 200), payment('d2', 'pending', null)], cursor: '' },
      }),
      'GET /portfolio/withdrawals': () => ({ body: { withdrawals: [payment('w1', 'applied', null), payment('w2', 'returned', 300)] } }),
    });
    expect(await new KalshiAccount(transport).transfers()).toEqual([
      { id: 'd1', at: 200_000, amount: 50_000_000 },
      { id: 'w1', at: 100_000, amount: -50_000_000 },
    ]);
  });
});

describe('positions and settlements', () => {
  it('are signed counts of unsettled markets', async () => {
    const position = {
      ticker: 'KXMADE-1',
      exchange_index: 1,
      total_traded_dollars: '1.0000',
      position_fp: '-3.50',
      market_exposure_dollars: '1.0000',
      realized_pnl_dollars: '0.0000',
      fees_paid_dollars: '0.0000',
      last_updated_ts: '2026-11-01T00:00:00Z',
    };
    const { account: mine, asked } = await account('/portfolio/positions', () => ({
      body: { market_positions: [position], event_positions: [], cursor: '' },
    }));
    expect(await mine.positions()).toEqual([{ ticker: 'KXMADE-1', shard: 1, yesCount: -350 }]);
    expect(asked[0]?.url.searchParams.get('settlement_status')).toBe('unsettled');
  });

  it.each([
    ['yes', null, 1_000_000],
    ['no', null, 0],
    ['scalar', 31, 310_000],
    ['yes', 100, 1_000_000],
  ])('settle %s with value %j at %i', async (market_result, value, yesValue) => {
    const settlement = {
      ticker: 'KXMADE-1',
      exchange_index: 0,
      event_ticker: 'KXMADE',
      market_result,
      yes_count_fp: '2.00',
      yes_total_cost_dollars: '0.8',
      no_count_fp: '0.00',
      no_total_cost_dollars: '0',
      revenue: 200,
      settled_time: '2026-11-01T00:00:00Z',
      fee_cost: '0.01',
      value,
    };
    const { account: mine } = await account('/portfolio/settlements', () => ({ body: { settlements: [settlement] } }));
    expect(await mine.settlements(0)).toEqual([
      { id: `KXMADE-1@${Date.UTC(2026, 10, 1)}`, ticker: 'KXMADE-1', yesValue, at: Date.UTC(2026, 10, 1), revenue: 2_000_000 },
    ]);
  });

  it('of a scalar without a value are an error', async () => {
    const settlement = { ticker: 'KXMADE-1', market_result: 'scalar', revenue: 1, settled_time: '2026-11-01T00:00:00Z', value: null };
    const { account: mine } = await account('/portfolio/settlements', () => ({ body: { settlements: [settlement] } }));
    await expect(mine.settlements(0)).rejects.toThrow(/value is missing/);
  });

  it('say how fresh they are', async () => {
    const { account: mine } = await account('/exchange/user_data_timestamp', () => ({ body: { as_of_time: '2026-11-01T00:00:00.25Z' } }));
    expect(await mine.userDataAsOf()).toBe(Date.UTC(2026, 10, 1) + 250);
  });
});
