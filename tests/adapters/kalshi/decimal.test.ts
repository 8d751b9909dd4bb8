import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaledDecimal } from '../../../shared/adapters/kalshi/decimal.ts';
import { utcMillis } from '../../../shared/adapters/kalshi/timestamp.ts';

describe('decimals of the wire', () => {
  it('are exact: any integer of 1e-4 comes back from its text, with or without more zeros', () => {
    const scaled = fc.integer({ min: -999_999_999_999, max: 999_999_999_999 });
    fc.assert(
      fc.property(scaled, fc.integer({ min: 0, max: 3 }), (value, zeros) => {
        const digits = String(Math.abs(value)).padStart(5, '0');
        const text = `${value < 0 ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}${'0'.repeat(zeros)}`;
        expect(scaledDecimal(text, 4)).toBe(value);
      }),
    );
  });

  it.each([
    ['0.56', 5600],
    ['1', 10_000],
    ['0.0000', 0],
    ['-46.0200', -460_200],
    ['1.', 10_000],
  ])('reads %s', (text, value) => expect(scaledDecimal(text, 4)).toBe(value));

  it.each([
    ['0.12345'],
    [''],
    ['-'],
    ['.5'],
    ['1e3'],
    ['0x1'],
    [' 1'],
    ['1,5'],
    ['NaN'],
    ['1.2.3'],
    ['99999999999999999999'],
    [5],
    [null],
    [undefined],
  ])('does not know %j', (text) => expect(scaledDecimal(text, 4)).toBeNaN());

  it('never reads anything but a decimal', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const decimal = /^-?\d+(\.\d*)?$/.test(text);
        expect(decimal || Number.isNaN(scaledDecimal(text, 2))).toBe(true);
      }),
    );
  });
});

describe('times of the wire', () => {
  it('agree with the language for every moment from 1970 to 2200, cut to ms', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2200, 0) }), fc.integer({ min: 0, max: 9 }), (at, digits) => {
        const [whole = '', fraction = ''] = new Date(at).toISOString().slice(0, -1).split('.');
        const text = `${whole}${digits === 0 ? '' : `.${fraction.padEnd(9, '7').slice(0, digits)}`}Z`;
        expect(utcMillis(text)).toBe(Date.parse(text));
      }),
    );
  });

  it.each([['2026-08-05T03:45:00+02:00'], ['2026-08-05'], ['2026-13-05T03:45:00Z'], ['2026-08-05T03:45:00,5Z'], [''], [0], [null]])(
    'does not know %j',
    (text) => expect(utcMillis(text)).toBeNaN(),
  );
});
