import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feeTerms } from '../../../shared/domain/fees.ts';
import type { Contracts, Price, Probability, Usd } from '../../../shared/domain/money.ts';
import { roomsOf } from '../../../shared/domain/sizing/rooms.ts';
import type { SizeInput } from '../../../shared/domain/sizing/size.ts';
import { size } from '../../../shared/domain/sizing/size.ts';
import { aBook, cents, contracts, defaultLimits, probability, usd } from '../../fixtures/trading-desk.ts';

const fee = feeTerms('quadratic', 1);
if (!fee) throw new Error('quadratic is a known fee type');

const input = (changes: Partial<SizeInput> = {}): SizeInput => ({
  win: probability(0.6),
  standardError: 0,
  price: cents(50),
  role: 'taker',
  fee,
  at: 0,
  account: 'direct',
  bankroll: usd(1000),
  fraction: 0.25,
  ignoreFees: false,
  rooms: { market: usd(30) },
  depth: undefined,
  ...changes,
});

describe('a size', () => {
  it('is whole contracts of the smallest cap, and names it', () => {
    const sized = size(input());
    expect(sized).toMatchObject({ cost: 0.5175, contracts: contracts(57), dollars: usd(29.4975) });
    expect(sized.kellyFraction).toBeCloseTo(0.17098, 5);
    expect(sized.fraction).toBeCloseTo(0.03, 6);
    expect(sized.caps).toEqual([
      { name: 'kelly', limit: 8260, binding: false },
      { name: 'market', limit: 5797, binding: true },
      { name: 'depth', limit: 'not-applicable', binding: false },
    ]);
  });

  it('is a quarter of Kelly where nothing else binds, and half of that where doubt equals the edge', () => {
    expect(size(input({ rooms: {} })).contracts).toBe(contracts(82));
    expect(size(input({ rooms: {}, standardError: 0.0825 })).contracts).toBe(contracts(41));
  });

  it('is bound by depth, and by a depth of nothing to nothing', () => {
    expect(size(input({ depth: contracts(10) }))).toMatchObject({ contracts: contracts(10) });
    expect(size(input({ depth: contracts(0) }))).toMatchObject({ contracts: 0, risk: 0, fraction: 0 });
  });

  it('is at most what one order may have, whatever it costs, and names that cap only where there is one', () => {
    const sized = size(input({ most: contracts(7) }));
    expect(sized.contracts).toBe(contracts(7));
    expect(sized.caps.at(-1)).toEqual({ name: 'group', limit: 700, binding: true });
    expect(size(input()).caps.map(({ name }) => name)).toEqual(['kelly', 'market', 'depth']);
  });

  it('is nothing without an edge, without a bankroll, and in a market without room', () => {
    for (const changes of [{ win: probability(0.51) }, { bankroll: usd(0) }, { rooms: { market: usd(0) } }])
      expect(size(input(changes)).contracts).toBe(0);
  });

  it('is one contract fewer where the rounded fee would break a room that the unrounded one fits', () => {
    const account = 'non-direct' as const;
    const exact = size(input({ account, rooms: { market: usd(5.18) } }));
    expect(exact).toMatchObject({ contracts: contracts(10), risk: usd(5.18) });
    expect(size(input({ account, rooms: { market: usd(5.179) } }))).toMatchObject({ contracts: contracts(9), feePredicted: usd(0.16) });
    expect(size(input({ account, rooms: { cash: usd(100), market: usd(5.179) } }))).toMatchObject({ contracts: contracts(9) });
    expect(size(input({ account, rooms: { market: usd(5.179), cash: usd(100) } }))).toMatchObject({ contracts: contracts(9) });
  });

  it('leaves each room the money of its ceiling, fee included, where it may be re-pegged so high', () => {
    const sized = size(input({ ceiling: cents(52) }));
    expect(sized.caps[1]).toEqual({ name: 'market', limit: 5_581, binding: true });
    expect(sized).toMatchObject({ cost: 0.5175, contracts: contracts(55), risk: usd(55 * 0.52 + 0.961), feePredicted: usd(0.9625) });
    expect(size(input({ ceiling: cents(52), ignoreFees: true })).caps[1]).toMatchObject({ limit: 5_769 });
  });

  it('expects the fee of a buy, which rounding makes another than a sale has', () => {
    const one = { account: 'non-direct', price: 510 as Price, depth: contracts(1), rooms: {} } as const;
    expect(size(input(one))).toMatchObject({ contracts: contracts(1), feePredicted: usd(0.009), risk: usd(0.06) });
  });

  it('has a share of nothing without a bankroll, not one divided by it', () => {
    expect(size(input({ bankroll: usd(0), rooms: {} })).fraction).toBe(0);
    expect(size(input({ bankroll: usd(0) }))).toMatchObject({
      fraction: 0,
      dollars: 0,
      caps: [{ name: 'kelly', limit: 0, binding: true }, {}, {}],
    });
  });

  it('over-bets when fees are ignored, which is why that is off', () => {
    const rooms = {};
    const [exact, ignored] = [false, true].map((ignoreFees) => size(input({ win: probability(0.55), rooms, ignoreFees })));
    expect(ignored?.kellyFraction).toBeCloseTo(0.1, 9);
    expect((ignored?.kellyFraction ?? 0) / (exact?.kellyFraction ?? 1)).toBeGreaterThan(1.4);
  });

  it('never risks more than any room, whatever rounding does to the fee', () => {
    const anything = fc.record({
      win: fc.double({ min: 0, max: 1, noNaN: true }).map((win) => win as Probability),
      price: fc.integer({ min: 1, max: 9_999 }).map((price) => price as Price),
      role: fc.constantFrom('maker' as const, 'taker' as const),
      account: fc.constantFrom('direct' as const, 'non-direct' as const),
      bankroll: fc.integer({ min: 0, max: 10_000_000_000 }).map((amount) => amount as Usd),
      fraction: fc.double({ min: 0, max: 1, noNaN: true }),
      ignoreFees: fc.boolean(),
      rooms: fc.record({ market: fc.integer({ min: 0, max: 300_000_000 }), cash: fc.integer({ min: 0, max: 300_000_000 }) }),
      depth: fc.option(
        fc.integer({ min: 0, max: 100_000 }).map((count) => count as Contracts),
        { nil: undefined },
      ),
    });
    fc.assert(
      fc.property(anything, (raw) => {
        const rooms = raw.rooms as unknown as SizeInput['rooms'];
        const sized = size(input({ ...raw, rooms }));
        expect(sized.contracts % 100).toBe(0);
        expect(sized.risk).toBeLessThanOrEqual(Math.min(raw.rooms.market, raw.rooms.cash));
        expect(sized.contracts).toBeLessThanOrEqual(raw.depth ?? Number.POSITIVE_INFINITY);
        expect(sized.risk).toBe(sized.contracts * raw.price + sized.feePredicted);
        expect(sized.caps.filter(({ binding }) => binding)).toHaveLength(1);
      }),
    );
  });
});

describe('the rooms under the caps', () => {
  const market = { ticker: 'T', event: 'E', category: 'C', shard: 1 };
  const none = new Set<never>();

  it('are shares of the bankroll less what is at risk already', () => {
    const book = aBook({
      cash: usd(700),
      shardCash: new Map([[1, usd(55)]]),
      exposure: new Map([
        ['total', usd(90)],
        ['market:T', usd(10)],
        ['event:E', usd(200)],
        ['category:C', usd(100)],
      ]),
    });
    const limits = { ...defaultLimits, capitalMax: usd(500), maxOrder: usd(10) };
    expect(roomsOf(book, limits, market, none)).toEqual({
      cash: usd(600),
      market: usd(5),
      event: usd(0),
      category: usd(50),
      total: usd(410),
      order: usd(10),
      shard: usd(55),
    });
  });

  it('are nothing where a fact is unknown, and no cap where it does not exist', () => {
    const book = aBook({ shardCash: new Map() });
    const unknown = { ...market, category: undefined, shard: undefined };
    expect(roomsOf(book, defaultLimits, unknown, none)).toMatchObject({ category: 0, shard: 0, total: undefined, order: undefined });
    expect(roomsOf(book, defaultLimits, unknown, new Set(['category', 'shard'] as const))).toMatchObject({
      category: undefined,
      shard: undefined,
    });
  });
});
