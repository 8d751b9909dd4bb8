import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMarketPage } from '../../../shared/adapters/kalshi/market-page.ts';
import { SchemaCanary } from '../../../shared/adapters/kalshi/schema-canary.ts';
import { marketStatuses } from '../../../shared/domain/market.ts';
import { type Price, priceText } from '../../../shared/domain/money.ts';
import { madeMarket } from './made-markets.ts';

const made = Date.UTC(2026, 9, 1);

function page(markets: readonly unknown[], cursor: unknown = '') {
  const canary = new SchemaCanary();
  const read = readMarketPage(JSON.stringify({ markets, cursor }), { at: 5, canary });
  return { ...read, seen: canary.sightings().map(({ oddity, field, count }) => `${oddity} ${field} ${count}`) };
}

describe('a page of markets', () => {
  it('is quiet about markets as they are documented today', () => {
    expect(page([madeMarket(1, made), madeMarket(2, made)]).seen).toEqual([]);
  });

  it('gives every price and count exactly', () => {
    const cents = fc.integer({ min: 0, max: 10_000 });
    const count = fc.integer({ min: 0, max: 99_999_999_999 });
    fc.assert(
      fc.property(fc.array(fc.record({ bid: cents, ask: cents, size: count, volume: count }), { minLength: 1, maxLength: 20 }), (rows) => {
        const twoDecimals = (value: number) => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;
        const { board } = page(
          rows.map(({ bid, ask, size, volume }, index) =>
            madeMarket(index, made, {
              yes_bid_dollars: priceText(bid as Price),
              yes_ask_dollars: priceText(ask as Price),
              yes_bid_size_fp: twoDecimals(size),
              volume_24h_fp: twoDecimals(volume),
            }),
          ),
        );
        expect([...board.bid]).toEqual(rows.map(({ bid }) => bid));
        expect([...board.ask]).toEqual(rows.map(({ ask }) => ask));
        expect([...board.bidSize]).toEqual(rows.map(({ size }) => size));
        expect([...board.volume24h]).toEqual(rows.map(({ volume }) => volume));
      }),
    );
  });

  it('never invents a number: whatever stands in a field, the column is that very decimal or unknown', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { board } = page([madeMarket(1, made, { yes_bid_dollars: value })]);
        const held = board.bid[0] as number;
        expect(Number.isNaN(held) || (typeof value === 'string' && Math.abs(Number(value) * 10_000 - held) < 1e-3)).toBe(true);
      }),
    );
  });

  it('reads any JSON at all as a board or a typed error', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const canary = new SchemaCanary();
        try {
          expect(readMarketPage(text, { at: 0, canary }).board.rows).toBeGreaterThanOrEqual(0);
        } catch (error) {
          expect(error).toMatchObject({ name: 'ExchangeError', code: 'unreadable_answer', outcome: 'unknown' });
        }
      }),
    );
  });

  it('holds what is missing as unknown and counts it', () => {
    const { board, seen } = page([madeMarket(1, made, { yes_ask_dollars: undefined, close_time: null, last_price_dollars: '0.0000' })]);
    expect([board.ask[0], board.closeTime[0], board.last[0]]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(seen).toContain('missing GetMarkets.markets.yes_ask_dollars 1');
    expect(seen).toContain('refused GetMarkets.markets.close_time 1');
  });

  it('refuses a market with a status that is new, and counts it by name', () => {
    const { board, seen } = page([madeMarket(1, made, { status: 'frozen' }), madeMarket(2, made), { ticker: 5 }, null]);
    expect(board.ticker).toEqual([madeMarket(2, made).ticker]);
    expect(seen).toContain('refused GetMarkets.markets.status=frozen 1');
    expect(seen).toContain('refused GetMarkets.markets.ticker 2');
  });

  it('names a new field', () => {
    expect(page([madeMarket(1, made, { brand_new: 1 })]).seen).toEqual(['unknown GetMarkets.markets.brand_new 1']);
  });

  it('knows every status the exchange has', () => {
    const { board } = page(marketStatuses.map((status, index) => madeMarket(index, made, { status })));
    expect([...board.status]).toEqual(marketStatuses.map((_, index) => index));
  });

  it('finds rows by ticker and siblings by event', () => {
    const { board } = page(Array.from({ length: 12 }, (_, index) => madeMarket(index, made)));
    expect(board.rowOf(madeMarket(9, made).ticker)).toBe(9);
    expect(board.rowOf('KXNONE')).toBeUndefined();
    expect(board.siblings(10)).toEqual([8, 9, 10, 11]);
  });

  it('says of a row what the market says of itself, and that the rest is unknown', () => {
    const { board } = page([madeMarket(4, made)]);
    expect(board.terms(0)).toMatchObject({
      title: 'Will made number 4 come true?',
      shard: 1,
      priceRanges: [{ start: 0, end: 10_000, step: 100 }],
      fee: undefined,
      mutuallyExclusive: undefined,
      openTime: made,
      rulesHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each([[[]], [null], [[{ start: '0', end: '1', step: '0' }]], [[{ start: 'x', end: '1', step: '0.01' }]], ['linear_cent']])(
    'does not guess a grid from %j',
    (price_ranges) => expect(page([madeMarket(1, made, { price_ranges })]).board.terms(0).priceRanges).toBeUndefined(),
  );
});
