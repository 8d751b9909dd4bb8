import { describe, expect, it } from 'vitest';
import { openRoom, type Room } from './desk-fixture.ts';

type Market = { readonly ticker: string; readonly created_time: string; readonly status: string; readonly settlement_ts?: string };
const DAY = 86_400;

async function scan(room: Room, query: string): Promise<readonly Market[]> {
  const found: Market[] = [];
  let cursor = '';
  do {
    const { body } = await room.send('GET', `${query}&cursor=${cursor}`);
    found.push(...body.markets);
    cursor = body.cursor;
  } while (cursor !== '');
  return found;
}

describe('a scan', () => {
  const room = openRoom({ markets: 700 });
  const now = Math.floor(room.clock.now() / 1000);

  it('page by page finds every open market once, without combos', async () => {
    const found = await scan(room, '/markets?status=open&mve_filter=exclude&limit=700');
    expect(found).toHaveLength(700);
    expect(new Set(found.map(({ ticker }) => ticker)).size).toBe(700);
  });

  it('in slices by creation finds the same, none lost or doubled at the borders', async () => {
    const ages = [0, 1, 2, 7, 30, 120, 2_000].map((days) => now - days * DAY);
    const slices = await Promise.all(
      ages
        .slice(1)
        .map((from, index) =>
          scan(
            room,
            `/markets?status=open&mve_filter=exclude&limit=1000&min_created_ts=${from}&max_created_ts=${(ages[index] ?? now) - (index === 0 ? 0 : 1)}`,
          ),
        ),
    );
    const whole = (await scan(room, '/markets?status=open&mve_filter=exclude&limit=1000')).map(({ ticker }) => ticker);
    const seconds = (market: Market) => Math.floor(Date.parse(market.created_time) / 1000);
    const between = new Set(whole);
    for (const market of slices.flat()) between.delete(market.ticker);
    // What was created within the second of a border, after its first instant, is in neither neighbour: bounds are whole seconds.
    const atBorder = (await scan(room, '/markets?status=open&mve_filter=exclude&limit=1000')).filter((market) =>
      ages.includes(seconds(market) + 1),
    );
    expect([...between].toSorted()).toEqual(atBorder.map(({ ticker }) => ticker).toSorted());
    expect(new Set(slices.flat().map(({ ticker }) => ticker)).size).toBe(slices.flat().length);
  });

  it('lists combos first when they are not left out', async () => {
    const [first] = (await room.send('GET', '/markets?status=open&limit=1')).body.markets;
    expect(first).toMatchObject({ exchange_index: 1, mve_selected_legs: expect.any(Array), is_provisional: true });
  });

  it('has at least a week behind it, in the live tier and in the historical one', async () => {
    const { market_settled_ts } = (await room.send('GET', '/historical/cutoff')).body;
    const live = await scan(room, '/markets?status=settled&limit=1000');
    const old = await scan(room, '/historical/markets?limit=1000');
    expect(live.every(({ settlement_ts }) => (settlement_ts ?? '') >= market_settled_ts)).toBe(true);
    expect(old.every(({ settlement_ts }) => (settlement_ts ?? '9') < market_settled_ts)).toBe(true);
    const oldest = old.reduce((least, { settlement_ts }) => Math.min(least, Date.parse(settlement_ts ?? '')), now * 1000);
    expect(now * 1000 - oldest).toBeGreaterThan(7 * DAY * 1000);
    expect(live.length).toBeGreaterThan(100);
    const ticker = old[0]?.ticker;
    const candles = await room.send(
      'GET',
      `/historical/markets/${ticker}/candlesticks?start_ts=${now - 60 * DAY}&end_ts=${now}&period_interval=1440`,
    );
    expect(candles.body.candlesticks[0]).toMatchObject({ volume: expect.any(String), yes_bid: { open: expect.any(String) } });
    expect((await room.send('GET', `/historical/markets/${live[0]?.ticker}`)).status).toBe(404);
  });

  it('serves the same bytes as long as no quote moves', async () => {
    const page = () =>
      room.exchange.fetch(new Request('http://exchange.test/trade-api/v2/markets?limit=100')).then((response) => response.text());
    const first = await page();
    expect(await page()).toBe(first);
    room.clock.pass(room.exchange, 3_600_000);
    expect(await page()).not.toBe(first);
  });
});
