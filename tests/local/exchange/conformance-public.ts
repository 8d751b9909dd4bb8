import { createPrivateKey } from 'node:crypto';
import { expect, it } from 'vitest';
import { type Reply, type Send, signature, type Target, timeAt } from './signed-client.ts';

/** Fields every market has, as the specification of October 2026 lists them. */
const marketFields = [
  'ticker',
  'event_ticker',
  'market_type',
  'yes_sub_title',
  'no_sub_title',
  'created_time',
  'updated_time',
  'open_time',
  'close_time',
  'latest_expiration_time',
  'settlement_timer_seconds',
  'status',
  'yes_bid_dollars',
  'yes_bid_size_fp',
  'yes_ask_dollars',
  'yes_ask_size_fp',
  'no_bid_dollars',
  'no_ask_dollars',
  'last_price_dollars',
  'volume_fp',
  'volume_24h_fp',
  'result',
  'can_close_early',
  'open_interest_fp',
  'notional_value_dollars',
  'previous_yes_bid_dollars',
  'previous_yes_ask_dollars',
  'previous_price_dollars',
  'expiration_value',
  'rules_primary',
  'rules_secondary',
  'price_level_structure',
  'price_ranges',
  'settlement_bounds_type',
];
export interface PublicContext {
  readonly send: Send;
  readonly market: Reply['body'];
  readonly target: Target;
}

/** Market data and who may ask for what. `context` is asked for when the tests run. */
export function publicSuite(context: () => PublicContext): void {
  it('lists markets with every field', () => {
    expect(Object.keys(context().market)).toEqual(expect.arrayContaining(marketFields));
  });

  it('refuses a page that is too large and does not clamp', async () => {
    expect((await context().send('GET', '/markets?limit=1001')).status).toBe(400);
  });

  it('takes a garbage cursor without a word', async () => {
    expect((await context().send('GET', '/markets?limit=5&cursor=garbage')).status).toBe(200);
  });

  it('goes from page to page without meeting a market twice', async () => {
    const { send } = context();
    const first = await send('GET', '/markets?limit=20&status=open&mve_filter=exclude');
    const second = await send('GET', `/markets?limit=20&status=open&mve_filter=exclude&cursor=${first.body.cursor}`);
    const tickers = [...first.body.markets, ...second.body.markets].map(({ ticker }: { ticker: string }) => ticker);
    expect(new Set(tickers).size).toBe(40);
  });

  it('refuses two filters by time together', async () => {
    expect((await context().send('GET', '/markets?min_created_ts=1&min_close_ts=1')).status).toBe(400);
  });

  it('shows bids only, best last, and asks as the other side', async () => {
    const { send, market } = context();
    const { body } = await send('GET', `/markets/${market.ticker}/orderbook`);
    const prices = body.orderbook_fp.yes_dollars.map(([price]: [string]) => Number(price));
    expect(prices).toEqual(prices.toSorted((a: number, b: number) => a - b));
    const batch = await send('GET', `/markets/orderbooks?tickers=${market.ticker}`);
    expect(batch.body.orderbooks[0].ticker).toBe(market.ticker);
  });

  it('gives candlesticks with quotes always and prices where there were trades', async () => {
    const { send, market } = context();
    const end = Math.floor(timeAt(context().target) / 1000);
    const { body } = await send(
      'GET',
      `/markets/candlesticks?market_tickers=${market.ticker}&start_ts=${end - 86_400}&end_ts=${end}&period_interval=60`,
    );
    const [candle] = body.markets[0].candlesticks;
    expect(candle.yes_bid.close_dollars).toMatch(/^\d\.\d{4}$/);
    expect(candle.price).toHaveProperty('close_dollars');
    expect((await send('GET', `/markets/candlesticks?market_tickers=${market.ticker}&start_ts=1&end_ts=2&period_interval=7`)).status).toBe(
      400,
    );
  });

  it.each([
    '/exchange/status',
    '/exchange/schedule',
    '/historical/cutoff',
    '/events?limit=1',
    '/markets/trades?limit=1',
    '/incentive_programs?limit=1',
  ])('answers GET %s without a key', async (path) => {
    const { baseUrl } = context().target;
    expect((await fetch(baseUrl + path)).status).toBe(200);
  });

  it('refuses who does not sign, signs wrongly, or is not known', async () => {
    const { send, target } = context();
    const key = createPrivateKey(target.privateKey);
    const at = timeAt(target);
    const path = `${new URL(target.baseUrl).pathname}/portfolio/balance`;
    const stamped = (time: number) => ({
      'KALSHI-ACCESS-TIMESTAMP': String(time),
      'KALSHI-ACCESS-SIGNATURE': signature(key, `${time}GET${path}`),
    });
    const statuses = await Promise.all([
      fetch(`${target.baseUrl}/portfolio/balance`).then(({ status }) => status),
      ...[
        { 'KALSHI-ACCESS-KEY': '00000000-0000-4000-a000-000000000000' },
        { 'KALSHI-ACCESS-SIGNATURE': signature(key, `${at}GET${path}?limit=1`) },
        stamped(at - 30_000),
        stamped(at + 300_000),
      ].map(async (extra) => (await send('GET', '/portfolio/balance', undefined, extra)).status),
    ]);
    expect(statuses).toEqual([401, 401, 401, 401, 401]);
  });
}
