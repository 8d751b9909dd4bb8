import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NumberFacts } from '../../../shared/domain/words/strike-numbers.ts';
import { quantitiesOf, STRUCK, strikeUnknownNumbers } from '../../../shared/domain/words/strike-numbers.ts';

const nothing: NumberFacts = { quantities: [], dates: [], times: [], names: [] };
const facts: NumberFacts = {
  quantities: [
    { value: -8.4, unit: 'dollars' },
    { value: 12_345.678, unit: 'dollars' },
    { value: 9.142, unit: 'percent' },
    { value: 57, unit: 'cents' },
    { value: 1.4166, unit: 'plain' },
  ],
  dates: ['2026-11-20'],
  times: ['14:02', '2h10m'],
  names: ['KXFED-26DEC-T3.75', 'KXFED-26DEC', 'grok-4.7'],
};
const struck = (text: string) => strikeUnknownNumbers(text, facts).struck;

test('a number passes when a fact rounds to it, at the decimals it is written with', () => {
  expect(struck('9%, 9.1%, 9.14%, 9.142%, 9.1420%')).toEqual([]);
  expect(struck('9.2%, 9.15%, 9.141%, 10%')).toEqual(['9.2%', '9.15%', '9.141%', '10%']);
  expect(struck('1.4 and 1.42 and 1.417, 1')).toEqual([]);
  expect(struck('1.41, 1.5, 2')).toEqual(['1.41', '1.5', '2']);
});

test('sign and unit must agree when they are written', () => {
  expect(struck('-$8.40, −$8.40, lost $8.40, a loss of 8.4')).toEqual([]);
  expect(struck('+$8.40, 8.40%, 8 cents')).toEqual(['+$8.40', '8.40%', '8 cents']);
  expect(struck('57¢ 57 cents, range 1.4-57')).toEqual([]);
});

test('thousands and abbreviations are read', () => {
  expect(struck('$12,345.68, $12,346, $12.3k, 12k')).toEqual([]);
  expect(struck('$12.4k, $12M')).toEqual(['$12.4k', '$12M']);
});

test('days and times pass only if they are known', () => {
  expect(struck('2026-11-20, Nov 20, 20 November 2026, November 20th, 14:02, down 2h10m')).toEqual([]);
  expect(struck('2026-11-21, Nov 21, 20 December, November 20, 2027, 14:03, 2h11m')).toEqual([
    '2026-11-21',
    'Nov 21',
    '20 December',
    'November 20, 2027',
    '14:03',
    '2h11m',
  ]);
});

test('names pass whole, not in parts or with more attached', () => {
  expect(struck('KXFED-26DEC-T3.75 in KXFED-26DEC by grok-4.7.')).toEqual([]);
  expect(struck('KXFED-26DEC-T4.00')).not.toEqual([]);
  expect(struck('grok-4.71')).not.toEqual([]);
});

test('list numbers are not claims, but only at the start of a line', () => {
  expect(strikeUnknownNumbers('1. a\n  2) b\n- 3. c\n## 4. d', nothing).struck).toEqual([]);
  expect(strikeUnknownNumbers('in 1. a', nothing).struck).toEqual(['1']);
});

test('figures that are not plain digits are struck', () => {
  expect(struck('½ and ² and ٣ and v2 and .5')).toHaveLength(5);
});

test('facts read from a computed text are the ones it says', () => {
  expect(quantitiesOf('cash -$9.84 is 8.6%, 57¢, on 2026-11-20 at 14:02, 16 positions')).toEqual({
    quantities: [
      { value: -9.84, unit: 'dollars' },
      { value: 8.6, unit: 'percent' },
      { value: 57, unit: 'cents' },
      { value: 16, unit: 'plain' },
    ],
    dates: ['2026-11-20'],
    times: ['14:02'],
  });
});

test('without facts no digit survives, whatever the text', () => {
  const digits = fc.string({
    unit: fc.constantFrom('0', '7', '9', '.', ',', '-', '$', '%', ' ', 'a', ':', 'k', '¢', '½', '٣', 'h', 'm'),
    maxLength: 40,
  });
  fc.assert(
    fc.property(digits, (text) => {
      const checked = strikeUnknownNumbers(`x ${text}`, nothing);
      expect(checked.text.replaceAll(STRUCK, '')).not.toMatch(/\p{N}/u);
      expect(checked.struck).toHaveLength(checked.checked);
    }),
  );
});

test('a text made of facts alone is left as it is', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 0, max: 6 }),
      (values, decimals) => {
        const text = values.map((value) => `about ${Math.abs(value).toFixed(decimals)} of it`).join(', ');
        const quantities = values.map((value) => ({ value, unit: 'plain' as const }));
        expect(strikeUnknownNumbers(text, { ...nothing, quantities }).text).toBe(text);
      },
    ),
  );
});
