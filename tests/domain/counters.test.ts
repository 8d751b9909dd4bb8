import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countersOf, type Held, heldByOrders, lower, overLimit, raise } from '../../shared/domain/counters.ts';
import type { Usd } from '../../shared/domain/money.ts';

const usd = (micros: number) => micros as Usd;
const held = (amounts: Readonly<Record<string, number>>): Held => new Map(Object.entries(amounts) as [string, Usd][]);

describe('counters', () => {
  it('are those of the market, its event, category and shard, as far as they are known', () => {
    expect(countersOf({ ticker: 'T', event: 'E' })).toEqual(['total', 'market:T', 'event:E']);
    expect(countersOf({ ticker: 'T', event: 'E', category: 'C', shard: 0 })).toEqual([
      'total',
      'market:T',
      'event:E',
      'category:C',
      'shard:0',
    ]);
  });

  it('rise and fall by name, and are gone when they hold nothing', () => {
    const raised = raise(held({ total: 5 }), ['total', 'market:T'], usd(3));
    expect(raised).toEqual(held({ total: 8, 'market:T': 3 }));
    expect(lower(raised, ['total', 'market:T', 'event:E'], usd(3))).toEqual(held({ total: 5 }));
  });

  it('fall no lower than the floor, and are not raised to it', () => {
    expect(lower(held({ total: 8, other: 2 }), ['total', 'other'], usd(7), held({ total: 4, other: 3 }))).toEqual(
      held({ total: 4, other: 2 }),
    );
  });

  it('leave what they were made from as it was', () => {
    const before = held({ total: 5 });
    raise(before, ['total'], usd(1));
    lower(before, ['total'], usd(1));
    expect(before).toEqual(held({ total: 5 }));
  });

  it('come back to where they were when what was raised is lowered', () => {
    const amounts = fc.array(fc.tuple(fc.subarray(['a', 'b', 'c'], { minLength: 1 }), fc.integer({ min: 1, max: 1_000_000 })));
    fc.assert(
      fc.property(amounts, (changes) => {
        const up = changes.reduce<Held>((sum, [names, amount]) => raise(sum, names, usd(amount)), held({ a: 7 }));
        expect(changes.reduce<Held>((sum, [names, amount]) => lower(sum, names, usd(amount)), up)).toEqual(held({ a: 7 }));
      }),
    );
  });

  it('hold for orders what their unfilled part needs', () => {
    const order = (ticker: string, amount: number) => ({ intent: { ticker, event: 'E' }, held: usd(amount) });
    expect(heldByOrders([order('T', 3), order('U', 4), order('V', 0)])).toEqual(
      held({ total: 7, 'event:E': 7, 'market:T': 3, 'market:U': 4 }),
    );
  });
});

describe('a limit', () => {
  it('may be reached and not passed', () => {
    expect(overLimit(held({ total: 6 }), [{ counter: 'total', limit: usd(9) }], usd(3))).toBeUndefined();
    expect(overLimit(held({ total: 6 }), [{ counter: 'total', limit: usd(9) }], usd(4))).toBe(
      'total holds 0.000006 of 0.000009 and the order needs 0.000004',
    );
    expect(overLimit(held({}), [{ counter: 'market:T', limit: usd(2) }], usd(3))).toContain('market:T holds 0.000000');
  });

  it('that is no number allows nothing', () => {
    expect(overLimit(held({}), [{ counter: 'total', limit: usd(Number.NaN) }], usd(1))).toContain('total');
  });

  it('is named only if it is the first that breaks', () => {
    const limits = [9, 2, 1].map((limit, n) => ({ counter: `c${n}`, limit: usd(limit) }));
    expect(overLimit(held({}), limits, usd(3))).toContain('c1');
  });
});
