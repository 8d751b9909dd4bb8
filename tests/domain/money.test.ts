import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Contracts, Price, Usd } from '../../shared/domain/money.ts';
import {
  addUsd,
  contractsText,
  InvalidValue,
  notional,
  opposite,
  otherSide,
  parseContracts,
  parsePrice,
  parseProbability,
  parseUsd,
  priceShare,
  priceText,
  usdText,
} from '../../shared/domain/money.ts';

describe('money', () => {
  it('is read from text to whole units, without a float in between', () => {
    expect(parseUsd('12.50')).toBe(12_500_000);
    expect(parseUsd('-0.000001')).toBe(-1);
    expect(parseUsd('.05')).toBe(50_000);
    expect(parsePrice('0.5200')).toBe(5_200);
    expect(parsePrice('0.520000')).toBe(5_200);
    expect(parseContracts('10')).toBe(1_000);
    expect(parseContracts('0.03')).toBe(3);
    expect(Object.is(parseUsd('-0'), 0)).toBe(true);
  });

  it.each(['', ' ', '.', '1e3', '0x10', '1,000', 'NaN', 'Infinity', '12.0000001', '1234567890123', '--1', '1.'])(
    'refuses %j as dollars, with the field and the fix',
    (text) => {
      expect(() => parseUsd(text, 'cash')).toThrow(InvalidValue);
      expect(() => parseUsd(text, 'cash')).toThrow(/^cash: .* Fix: give dollars/);
    },
  );

  it('refuses what is no price, count or probability', () => {
    for (const text of ['1.7', '-0.01', '0.00001', '']) expect(() => parsePrice(text)).toThrow(/price: .* Fix: give a price/);
    for (const text of ['-1', '0.001', 'ten']) expect(() => parseContracts(text)).toThrow(/count: .* Fix: give a count/);
    for (const value of ['', ' ', '1.1', '-0.1', 'x', Number.NaN]) expect(() => parseProbability(value)).toThrow(/probability: .* Fix:/);
    expect(parseProbability('0.6')).toBe(0.6);
    expect(parseProbability(1)).toBe(1);
  });

  it('takes the ends of what is possible', () => {
    expect([parseProbability(0), parsePrice('0'), parsePrice('1'), parseContracts('0')]).toEqual([0, 0, 10_000, 0]);
    expect(parseUsd('9007199254.740991')).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => parseUsd('9007199254.740992')).toThrow(/^amount: .* Fix: give dollars/);
    expect(() => parseProbability('2')).toThrow('probability: "2" is not valid. Fix: give a number from 0 to 1, like 0.6');
  });

  it('says what was not valid even when it is not text', () => {
    expect(new InvalidValue('x', undefined, 'give one')).toMatchObject({
      name: 'InvalidValue',
      message: 'x: undefined is not valid. Fix: give one',
    });
    expect(new InvalidValue('x', { a: 1 }, 'give one').message).toBe('x: {"a":1} is not valid. Fix: give one');
  });

  it('is written back as it was read', () => {
    const amount = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
    fc.assert(fc.property(amount, (micros) => parseUsd(usdText(micros as Usd)) === micros));
    fc.assert(fc.property(fc.integer({ min: 0, max: 10_000 }), (price) => parsePrice(priceText(price as Price)) === price));
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e9 }), (count) => parseContracts(contractsText(count as Contracts)) === count));
  });

  it('writes six decimals for money, four for prices, two for counts', () => {
    expect(usdText(-1_500_000 as Usd)).toBe('-1.500000');
    expect(priceText(50 as Price)).toBe('0.0050');
    expect(contractsText(1_234 as Contracts)).toBe('12.34');
  });

  it('multiplies exactly: both sides of a market together are worth a dollar a contract', () => {
    const price = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(price, fc.integer({ min: 0, max: 1e8 }), (yes, count) => {
        const [p, n] = [yes as Price, count as Contracts];
        expect(addUsd(notional(p, n), notional(opposite(p), n))).toBe(count * 10_000);
        expect(opposite(opposite(p))).toBe(yes);
      }),
    );
    expect(otherSide('yes')).toBe('no');
    expect(otherSide('no')).toBe('yes');
    expect(priceShare(5_200 as Price)).toBe(0.52);
  });
});
