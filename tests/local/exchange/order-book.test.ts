import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Account } from '../../../local/exchange/matching/account.ts';
import { Desk } from '../../../local/exchange/matching/desk.ts';
import { Floor } from '../../../local/exchange/matching/floor.ts';
import { OrderBook } from '../../../local/exchange/matching/order-book.ts';
import { OrderGroups } from '../../../local/exchange/matching/order-groups.ts';
import { Refusal } from '../../../local/exchange/matching/refusal.ts';
import type { World } from '../../../local/exchange/world/world.ts';
import type { Contracts, Price, Usd } from '../../../shared/domain/money.ts';
import { openRoom, plainMarket } from './desk-fixture.ts';

const level = (price: number, count: number) => ({ price: price as Price, count: count as Contracts });

describe('the book', () => {
  it('takes the best price first and stops at the limit', () => {
    const book = new OrderBook(() => {});
    book.requote({ bids: [], asks: [level(5_000, 300), level(5_100, 200), level(5_300, 100)] });
    const met = [...book.take('bid', 5_200 as Price, 1_000, () => 'meet')];
    expect(met.map(({ price, count }) => [price, count])).toEqual([
      [5_000, 300],
      [5_100, 200],
    ]);
    expect(book.ladder().asks).toEqual([level(5_300, 100)]);
  });

  it('tells every change of a level, so that whoever adds them up has the book', () => {
    const added = new Map<string, number>();
    const book = new OrderBook((side, price, delta) => added.set(`${side}${price}`, (added.get(`${side}${price}`) ?? 0) + delta));
    const side = fc.array(fc.record({ price: fc.integer({ min: 1, max: 40 }), count: fc.integer({ min: 1, max: 500 }) }), { maxLength: 8 });
    const distinct = (levels: readonly { price: number; count: number }[]) => [
      ...new Map(levels.map((one) => [one.price, level(one.price * 100, one.count)])).values(),
    ];
    fc.assert(
      fc.property(side, side, fc.integer({ min: 1, max: 900 }), (bids, asks, count) => {
        const higher = asks.map(({ price, count: size }) => ({ price: price + 50, count: size }));
        book.requote({ bids: distinct(bids), asks: distinct(higher) });
        Array.from(book.take('bid', 9_900 as Price, count, () => 'meet'));
        const { bids: seenBids, asks: seenAsks } = book.ladder();
        const seen = new Map([
          ...seenBids.map((one) => [`bid${one.price}`, one.count] as const),
          ...seenAsks.map((one) => [`ask${one.price}`, one.count] as const),
        ]);
        expect(new Map([...added].filter(([, total]) => total !== 0))).toEqual(seen);
      }),
      { numRuns: 200 },
    );
  });
});

/** Two members in an otherwise empty market: whatever they do, no money comes or goes but fees. */
describe('two members', () => {
  const room = openRoom();
  const market = plainMarket(room);
  const at = room.clock.now();
  const empty: World = { ...room.exchange.venue.world, ladder: () => ({ bids: [], asks: [] }), trades: () => [] };

  function open() {
    const groups = new OrderGroups();
    const floor = new Floor({ world: empty, tell: () => {}, feeAccount: 'direct', groups, seed: 1 });
    const desk = new Desk(floor, { exchangeDown: false, shardsDown: new Set() }, { idReuse: 'never', killSwitchTailMs: 0 });
    const members = ['a', 'b'].map((id) => new Account(id, new Map([[0, 1_000_000_000 as Usd]]), at));
    for (const member of members) floor.accounts.set(member.id, member);
    return { floor, desk, members };
  }

  const action = fc.record({
    who: fc.constantFrom(0, 1),
    side: fc.constantFrom('bid' as const, 'ask' as const),
    price: fc.integer({ min: 40, max: 60 }),
    count: fc.integer({ min: 1, max: 2_000 }),
    timeInForce: fc.constantFrom('good_till_canceled' as const, 'immediate_or_cancel' as const, 'fill_or_kill' as const),
    selfTrade: fc.constantFrom('taker_at_cross' as const, 'maker' as const),
    postOnly: fc.boolean(),
  });

  it('keep all money between them, and their contracts cancel out', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
        const { floor, desk, members } = open();
        for (const { who, price, count, postOnly, ...asked } of actions) {
          const member = members[who] as Account;
          const request = {
            ...asked,
            price: (price * 100) as Price,
            count: count as Contracts,
            postOnly,
            reduceOnly: false,
            cancelOnPause: false,
          };
          try {
            desk.place(member, market, request, at);
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
          }
        }
        const positions = members.map((member) => member.position(market));
        expect(positions.reduce((sum, { yes }) => sum + yes, 0)).toBe(0);
        const { bids, asks } = floor.marketAt(market, at).book.ladder();
        expect(bids[0]?.price ?? 0).toBeLessThan(asks[0]?.price ?? 10_000);
        for (const member of members) desk.cancelAll(member, at);
        const cash = members.reduce((sum, member) => sum + member.available(0), 0);
        const fees = positions.reduce((sum, position) => sum + position.fees, 0);
        const collateral = positions.reduce((sum, { yes }) => sum + Math.max(0, yes) * 10_000, 0);
        expect(cash + fees + collateral).toBe(2_000_000_000);
        for (const member of members) expect(member.available(0)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 150 },
    );
  });
});
