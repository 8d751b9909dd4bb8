import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeeInput, FeeTerms } from '../../shared/domain/fees.ts';
import { chargeFee, effectiveFeeTerms, feePerContract, feeRuleAt, feeRules, feeTerms, feeTypes } from '../../shared/domain/fees.ts';
import type { Contracts, Price, Usd } from '../../shared/domain/money.ts';

const quadratic: FeeTerms = { type: 'quadratic', multiplier: 10_000 };
const withMakers: FeeTerms = { type: 'quadratic_with_maker_fees', multiplier: 10_000 };
const base = { role: 'taker', action: 'buy', account: 'direct', terms: quadratic, at: 0 } as const;
const fill = (count: number, price: number, changes: Partial<FeeInput> = {}): FeeInput => ({
  ...base,
  count: Math.round(count * 100) as Contracts,
  price: Math.round(price * 10_000) as Price,
  ...changes,
});

const anyFill = fc.record({
  count: fc.integer({ min: 1, max: 10_000_000 }).map((count) => count as Contracts),
  price: fc.integer({ min: 1, max: 9_999 }).map((price) => price as Price),
  role: fc.constantFrom('maker' as const, 'taker' as const),
  action: fc.constantFrom('buy' as const, 'sell' as const),
  account: fc.constantFrom('direct' as const, 'non-direct' as const),
  terms: fc.record({ type: fc.constantFrom(...feeTypes), multiplier: fc.constantFrom(0, 5_000, 10_000, 12_345) }),
  at: fc.constant(0),
});

describe('the fee of one fill', () => {
  it.each([
    ["the exchange's own example, non-direct buy 1 at 5.5¢", fill(1, 0.055, { account: 'non-direct' }), 5_000],
    ['direct buy 1 at 52¢', fill(1, 0.52), 17_500],
    ['non-direct buy 100 at 35¢', fill(100, 0.35, { account: 'non-direct' }), 1_600_000],
    ['direct buy 100 at 50¢', fill(100, 0.5), 1_750_000],
    ['direct buy 1 at 50¢', fill(1, 0.5), 17_500],
    ['non-direct buy 1 at 50¢', fill(1, 0.5, { account: 'non-direct' }), 20_000],
    ['direct maker buy 10 at 50¢ where makers pay', fill(10, 0.5, { role: 'maker', terms: withMakers }), 43_800],
    ['direct buy 0.01 at 50¢', fill(0.01, 0.5), 200],
    ['non-direct buy 1 at 5.1¢', fill(1, 0.051, { account: 'non-direct' }), 9_000],
    ['non-direct sell 1 at 5.1¢', fill(1, 0.051, { account: 'non-direct', action: 'sell' }), 11_000],
    ['a maker where makers do not pay', fill(10, 0.5, { role: 'maker' }), 0],
    ['a multiplier of nothing', fill(10, 0.5, { terms: { type: 'quadratic', multiplier: 0 } }), 0],
    [
      'a combo maker at 50¢',
      fill(100, 0.5, { role: 'maker', terms: { type: 'quadratic_with_combo_maker_fees', multiplier: 10_000 } }),
      875_000,
    ],
  ])('of %s', (_, input, fee) => expect(chargeFee(input).fee).toBe(fee));

  it('says which part is the trade fee and which is rounding', () => {
    const { tradeFee, roundingFee, rebate } = chargeFee(fill(1, 0.055, { account: 'non-direct' }));
    expect({ tradeFee, roundingFee, rebate }).toEqual({ tradeFee: 3_639, roundingFee: 1_361, rebate: 0 });
  });

  it('leaves cash on the grid of the account, and is at least the model fee and less than it plus two steps', () => {
    fc.assert(
      fc.property(anyFill, (input) => {
        const { fee, tradeFee } = chargeFee(input);
        const step = input.account === 'direct' ? 100 : 10_000;
        const cash = (input.action === 'buy' ? -1 : 1) * input.price * input.count - fee;
        expect(Math.abs(cash % step)).toBe(0);
        expect(fee).toBeGreaterThanOrEqual(tradeFee);
        expect(fee).toBeLessThan(tradeFee + step);
        const exact = (feePerContract(input.price, input.role, input.terms, 0) * input.count) / 100;
        expect(tradeFee / 1_000_000).toBeGreaterThanOrEqual(exact - 1e-9);
        expect(tradeFee / 1_000_000).toBeLessThan(exact + 1e-6 + 1e-9);
      }),
    );
  });

  it('is the same for YES at p and NO at 1 − p before cash is rounded', () => {
    fc.assert(
      fc.property(anyFill, (input) => {
        const mirror = chargeFee({ ...input, price: (10_000 - input.price) as Price });
        expect(mirror.tradeFee).toBe(chargeFee(input).tradeFee);
      }),
    );
  });

  it('gathers rounding over an order and gives it back in steps, so that splitting costs what is left of the rounding', () => {
    fc.assert(
      fc.property(anyFill, fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 20 }), (input, parts) => {
        const step = input.account === 'direct' ? 100 : 10_000;
        let accumulated = 0 as Usd;
        let [paid, trade] = [0, 0];
        for (const part of parts) {
          const charge = chargeFee({ ...input, count: part as Contracts }, accumulated);
          accumulated = charge.accumulated;
          paid += charge.fee;
          trade += charge.tradeFee;
          expect(charge.fee).toBeGreaterThanOrEqual(0);
          expect(charge.rebate % step).toBe(0);
          expect(accumulated).toBeGreaterThanOrEqual(0);
          if (charge.fee >= step) expect(accumulated).toBeLessThanOrEqual(step);
        }
        expect(paid).toBe(trade + accumulated);
      }),
    );
  });

  it('gives back a step only when what was gathered strictly exceeds it', () => {
    const tiny = fill(0.01, 0.5);
    expect(chargeFee(tiny, 75 as Usd)).toMatchObject({ roundingFee: 25, rebate: 0, accumulated: 100 });
    expect(chargeFee(tiny, 76 as Usd)).toMatchObject({ roundingFee: 25, rebate: 100, accumulated: 1 });
    const next = fill(0.01, 0.0001, { role: 'maker' });
    expect(chargeFee(next, 99 as Usd)).toMatchObject({ tradeFee: 0, roundingFee: 99, rebate: 0, fee: 99, accumulated: 198 });
  });
});

describe('fee terms', () => {
  it('are known only for types we can charge and multipliers that are exact', () => {
    expect(feeTerms('quadratic', 0.5)).toEqual({ type: 'quadratic', multiplier: 5_000 });
    for (const type of ['flat', 'quadratic_v2', '', undefined]) expect(feeTerms(type, 1)).toBeUndefined();
    for (const multiplier of [undefined, -1, Number.NaN, 0.00001]) expect(feeTerms('quadratic', multiplier)).toBeUndefined();
  });

  it('are those of the event where it overrides, else of the series, each from its date on', () => {
    const series = { at: 0, type: 'quadratic', multiplier: 1 };
    const later = { at: 100, type: 'quadratic_with_maker_fees', multiplier: 0.5 };
    const waived = { at: 50, type: null, multiplier: 0 };
    const lifted = { at: 200, type: null, multiplier: null };
    const terms = (at: number) => effectiveFeeTerms(series, [later], [waived, lifted], at);
    expect(terms(0)).toEqual(quadratic);
    expect(terms(60)).toEqual({ type: 'quadratic', multiplier: 0 });
    expect(terms(150)).toEqual({ type: 'quadratic_with_maker_fees', multiplier: 0 });
    expect(terms(250)).toEqual({ type: 'quadratic_with_maker_fees', multiplier: 5_000 });
    expect(effectiveFeeTerms(series, [{ at: 100, type: 'flat', multiplier: 1 }], [], 100)).toBeUndefined();
  });

  it('change at their dates in whatever order they are listed; of two of one date the later listed counts', () => {
    const series = { at: 0, type: 'quadratic', multiplier: 1 };
    const at = (when: number, ...changes: readonly [number, number][]) =>
      effectiveFeeTerms(
        series,
        changes.map(([from, multiplier]) => ({ at: from, type: 'quadratic', multiplier })),
        [],
        when,
      )?.multiplier;
    expect(at(300, [200, 3], [100, 2])).toBe(30_000);
    expect(at(150, [200, 3], [100, 2])).toBe(20_000);
    expect(at(300, [100, 2], [100, 4])).toBe(40_000);
  });

  it('take a multiplier that floats cannot hold exactly for the one that is meant', () => {
    expect(feeTerms('quadratic', 0.1 + 0.2)).toEqual({ type: 'quadratic', multiplier: 3_000 });
    expect(feeTerms('quadratic', 0.300_001)).toBeUndefined();
  });

  it('are of the newest rule in force; what is older than all rules is charged by the first', () => {
    const [first] = feeRules;
    if (!first) throw new Error('there is a first rule');
    const rules = [first, { ...first, from: 100, takerRate: 800 }, { ...first, from: 200, takerRate: 900 }];
    const rates = [-1, 0, 99, 100, 199, 200, 9_999].map((at) => feeRuleAt(at, rules).takerRate);
    expect(rates).toEqual([700, 700, 700, 800, 800, 900, 900]);
    expect(feeRuleAt(0)).toBe(first);
  });

  it('are dated, oldest first', () => {
    const dates = feeRules.map(({ from }) => from);
    expect(dates).toEqual([...dates].sort((a, b) => a - b));
    expect(dates[0]).toBe(0);
  });
});
