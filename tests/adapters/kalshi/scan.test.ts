import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Limiter } from '../../../shared/adapters/kalshi/limiter.ts';
import { scanMarkets } from '../../../shared/adapters/kalshi/scan.ts';
import { planSpans } from '../../../shared/adapters/kalshi/scan-plan.ts';
import { SchemaCanary } from '../../../shared/adapters/kalshi/schema-canary.ts';
import { Transport } from '../../../shared/adapters/kalshi/transport.ts';
import { type Asked, answering } from './answering-server.ts';
import { madeMarket } from './made-markets.ts';
import { VirtualClock } from './virtual-clock.ts';

const now = Date.UTC(2026, 10, 1);
type Made = ReturnType<typeof madeMarket>;

interface Listing {
  readonly markets: readonly Made[];
  /** Whether the ends of the created_ts filter belong to it. */
  readonly inclusive?: { readonly min: boolean; readonly max: boolean };
  readonly cursorOf?: (next: number) => string;
  readonly size?: number;
}

/** Lists markets as the exchange does: created_ts in whole seconds, keyset pages, a garbage cursor starts over. */
function listing({ markets, inclusive = { min: true, max: true }, cursorOf = String, size = 1000 }: Listing) {
  return ({ url }: Asked) => {
    const query = url.searchParams;
    if (query.get('limit') !== '1000' || query.get('status') !== 'open' || query.get('mve_filter') !== 'exclude')
      return { status: 400, body: { msg: 'bad query' } };
    const min = Number(query.get('min_created_ts') ?? Number.NEGATIVE_INFINITY) * 1000;
    const max = Number(query.get('max_created_ts') ?? Number.POSITIVE_INFINITY) * 1000;
    const found = markets.filter(({ created_time }) => {
      const created = Date.parse(created_time);
      return (inclusive.min ? created >= min : created > min) && (inclusive.max ? created <= max : created < max);
    });
    const start = Number(query.get('cursor') ?? 0) || 0;
    const next = start + size;
    return { body: { markets: found.slice(start, next), cursor: next < found.length ? cursorOf(next) : '' } };
  };
}

async function scanned(list: Listing) {
  const { baseUrl, asked } = await answering(listing(list));
  const clock = new VirtualClock(now);
  const limiter = new Limiter(clock, { read: { refill: 1e6, capacity: 1e6 }, write: { refill: 1, capacity: 1 } });
  const transport = new Transport({
    baseUrl: new URL(baseUrl),
    clock,
    random: () => 0,
    limiter,
    canary: new SchemaCanary(),
    timeoutMs: 5000,
  });
  const tickers: string[] = [];
  for await (const { board } of scanMarkets(transport)) tickers.push(...board.ticker);
  return { tickers, asked };
}

const spread = (count: number, at: (index: number) => number) => Array.from({ length: count }, (_, index) => madeMarket(index, at(index)));
const sorted = (markets: readonly Made[]) => markets.map(({ ticker }) => ticker).toSorted();
/** Seconds in no order, many of them shared, some with fractions. */
const scattered = (index: number) => now - (((index * 7919) % 977) * 3_600_000 + (index % 3) * 500);

describe('a full scan', () => {
  it.each([
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ])('shows every market once, whether the ends of the filter belong to it (%s, %s) or not', async (min, max) => {
    const markets = spread(3000, scattered);
    const { tickers } = await scanned({ markets, inclusive: { min, max }, size: 200 });
    expect(tickers.toSorted()).toEqual(sorted(markets));
  });

  it('loses and doubles nothing that was made exactly on a border between spans', async () => {
    const borders = planSpans(
      Float64Array.from(spread(200, scattered), ({ created_time }) => Date.parse(created_time)),
      8,
      now,
    );
    const onBorders = borders
      .slice(1)
      .flatMap(({ from }, place) =>
        [-1000, -999, -1, 0, 1, 999, 1000].map((offset, step) => madeMarket(5000 + place * 8 + step, from + offset)),
      );
    const markets = [...spread(200, scattered), ...onBorders];
    const { tickers, asked } = await scanned({ markets, size: 200 });
    expect(asked.length).toBeGreaterThan(6);
    expect(tickers.toSorted()).toEqual(sorted(markets));
  });

  it('reads side by side, in spans of about as many markets each', async () => {
    const { asked } = await scanned({ markets: spread(2000, scattered), size: 100 });
    const spans = Map.groupBy(asked, ({ url }) => `${url.searchParams.get('min_created_ts')}..${url.searchParams.get('max_created_ts')}`);
    expect(spans.size).toBe(7);
    expect(Math.max(...[...spans.values()].map((pages) => pages.length))).toBeLessThanOrEqual(5);
    expect(asked.length).toBeLessThanOrEqual(1 + 20 + 6);
  });

  it('asks once where one page is all there is', async () => {
    const markets = spread(40, scattered);
    const { tickers, asked } = await scanned({ markets });
    expect(asked).toHaveLength(1);
    expect(tickers).toHaveLength(40);
  });

  it('is complete too when the exchange lists by time of creation', async () => {
    const markets = spread(1500, (index) => now - index * 4_000_000);
    expect((await scanned({ markets, size: 100 })).tickers.toSorted()).toEqual(sorted(markets));
  });

  it('keeps markets that do not say when they were made, once', async () => {
    const markets = [...spread(500, scattered), madeMarket(900, now, { created_time: undefined })];
    const { baseUrl } = await answering((asked) => {
      const { body } = listing({ markets: markets.slice(0, -1), size: 100 })(asked) as { body: { markets: Made[]; cursor: string } };
      return { body: { ...body, markets: [...body.markets, markets.at(-1)] } };
    });
    const clock = new VirtualClock(now);
    const transport = new Transport({
      baseUrl: new URL(baseUrl),
      clock,
      random: () => 0,
      limiter: new Limiter(clock, { read: { refill: 1e6, capacity: 1e6 }, write: { refill: 1, capacity: 1 } }),
      canary: new SchemaCanary(),
      timeoutMs: 5000,
    });
    const tickers: string[] = [];
    for await (const { board } of scanMarkets(transport)) tickers.push(...board.ticker);
    expect(tickers.toSorted()).toEqual(sorted(markets));
  });

  it('ends with an error when pages go in circles, instead of never', async () => {
    const markets = spread(1000, scattered);
    await expect(scanned({ markets, size: 100, cursorOf: () => 'garbage' })).rejects.toMatchObject({ code: 'cursor_loop' });
    let turn = 0;
    await expect(scanned({ markets, size: 100, cursorOf: () => `garbage-${turn++}` })).rejects.toMatchObject({ code: 'cursor_loop' });
  });

  it('refuses to call a scan complete when the filter goes by something other than the time of creation', async () => {
    const markets = spread(1000, scattered);
    const { baseUrl } = await answering(({ url }) => {
      const start = Number(url.searchParams.get('cursor') ?? 0);
      return { body: { markets: markets.slice(start, start + 100), cursor: start + 100 < markets.length ? String(start + 100) : '' } };
    });
    const clock = new VirtualClock(now);
    const transport = new Transport({
      baseUrl: new URL(baseUrl),
      clock,
      random: () => 0,
      limiter: new Limiter(clock),
      canary: new SchemaCanary(),
      timeoutMs: 5000,
    });
    const scan = async () => {
      for await (const page of scanMarkets(transport)) expect(page.board.rows).toBeLessThanOrEqual(100);
    };
    await expect(scan()).rejects.toMatchObject({ code: 'scan_incomplete' });
  });
});

describe('the plan of a scan', () => {
  it('covers all time without gap or overlap, whatever the sample', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: now }), { maxLength: 50 }), fc.integer({ min: 2, max: 8 }), (created, ways) => {
        const spans = planSpans(Float64Array.from(created), ways, now);
        expect(spans[0]?.from).toBe(Number.NEGATIVE_INFINITY);
        expect(spans.at(-1)?.to).toBe(Number.POSITIVE_INFINITY);
        spans.slice(1).forEach((span, place) => {
          expect(span.from).toBe(spans[place]?.to);
          expect(span.from % 1000).toBe(0);
          expect(span.to).toBeGreaterThan(span.from);
        });
        expect(spans.length).toBeLessThanOrEqual(8);
      }),
    );
  });
});
