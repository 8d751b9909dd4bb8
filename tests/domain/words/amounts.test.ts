import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ageText,
  centsText,
  countText,
  dollars,
  metricText,
  percent,
  plural,
  signedDollars,
  timeText,
} from '../../../shared/domain/words/amounts.ts';
import { ascii, clip, gsm, plain, sentence } from '../../../shared/domain/words/plain-text.ts';
import { cents, lots, usd } from '../metrics/portfolio.ts';

describe('amounts', () => {
  test('money has its sign, its separators and two decimals', () => {
    expect([dollars(usd(9.84)), dollars(usd(-8.4)), dollars(usd(1234567.891)), dollars(usd(0))]).toEqual([
      '$9.84',
      '-$8.40',
      '$1,234,567.89',
      '$0.00',
    ]);
    expect([signedDollars(usd(12.55)), signedDollars(usd(-2)), signedDollars(usd(0))]).toEqual(['+$12.55', '-$2.00', '$0.00']);
    expect(dollars(usd(-999.999))).toBe('-$1,000.00');
  });

  test('less than a cent is not nothing', () => {
    expect([dollars(usd(0.0034)), dollars(usd(-0.0034)), dollars(usd(0.00001)), dollars(usd(-0.00001))]).toEqual([
      '$0.0034',
      '-$0.0034',
      '$0.0000',
      '$0.0000',
    ]);
  });

  test('unknown is said, with its reason, and never a zero', () => {
    for (const write of [dollars, signedDollars, percent, centsText, ageText]) {
      expect(write(undefined, 'no bid')).toBe('unknown (no bid)');
      expect(write(undefined)).toBe('unknown');
    }
    expect(metricText({ value: undefined, n: 0, why: 'no closed trades' }, 'share')).toBe('unknown (no closed trades)');
  });

  test('shares, prices, counts and times read as people say them', () => {
    expect([percent(0.094), percent(0.15), percent(-0.0001), percent(1.005)]).toEqual(['9.4%', '15%', '0%', '100.5%']);
    expect([centsText(cents(57)), centsText(cents(57.25)), countText(lots(21)), countText(lots(0.25))]).toEqual([
      '57¢',
      '57.25¢',
      '21',
      '0.25',
    ]);
    expect([12e3, 25 * 60e3, 130 * 60e3, 19 * 86400e3, 89e3, 47 * 3600e3].map((ms) => ageText(ms))).toEqual([
      '12 s',
      '25 min',
      '2h10m',
      '19 d',
      '89 s',
      '47h00m',
    ]);
    expect([plural(1, 'order'), plural(0, 'order'), plural(4, 'position')]).toEqual(['1 order', '0 orders', '4 positions']);
  });

  test('a metric shows its interval', () => {
    expect(metricText({ value: 17 / 30, n: 30, low: 0.392, high: 0.726 }, 'share')).toBe('56.7% (39.2% to 72.6%)');
    expect(metricText({ value: 1.4166, n: 80 }, 'ratio')).toBe('1.42');
    expect(metricText({ value: 12.4, n: 1 }, 'price')).toBe('0.12¢');
    expect(metricText({ value: 3.2e6, n: 1 }, 'usd')).toBe('$3.20');
    expect(metricText({ value: 3, n: 3 }, 'count')).toBe('3');
    expect(metricText({ value: 7_800_000, n: 3 }, 'duration')).toBe('2h10m');
  });

  test('a time shows its zone', () => {
    expect(timeText(Date.parse('2026-11-20T19:02:00Z'), 'America/New_York')).toBe('Fri 20 Nov 14:02 EST');
    expect(timeText(Date.parse('2026-07-04T04:05:00Z'), 'America/New_York')).toBe('Sat 4 Jul 00:05 EDT');
  });

  test('money reads back as what it was, to the cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (amount) => {
        const text = dollars(amount as ReturnType<typeof usd>);
        expect(Math.abs(Number(text.replace(/[$,]/g, '')) * 1e6 - amount)).toBeLessThanOrEqual(5001);
      }),
    );
  });
});

describe('plain text', () => {
  test('loses what hides or reorders', () => {
    expect(plain('a\u202Eb\u200Bc\u0007d\n\n e\u{E0041}')).toBe('abc d e');
    expect(plain('x'.repeat(500))).toHaveLength(400);
  });

  test('becomes GSM-7 without two-septet characters', () => {
    expect(gsm('45–46° “Côte d’Ivoire” 57¢ [a]{b}~\\|^`€ 日本 ½…')).toBe("45-46 deg \"Cote d'Ivoire\" 57c (a)(b)-//''EUR ?? 1/2...");
    expect(ascii('[a] ≥ b')).toBe('[a] >= b');
  });

  test('is cut with dots and never within a character', () => {
    expect(clip('abcdef', 5)).toBe('ab...');
    expect(clip('ab😀😀', 6)).toBe('ab😀😀');
    expect(clip('ab😀😀', 5)).toBe('ab...');
    expect(clip('ab😀cde', 6)).toBe('ab...');
    expect(clip('abcdef', 3)).toBe('');
    expect([clip('lost $1,234.56 today', 14), clip('lost all of it', 11), clip('lost all', 7)]).toEqual([
      'lost...',
      'lost all...',
      'lost...',
    ]);
    expect([sentence('a'), sentence('a.'), sentence('')]).toEqual(['a.', 'a.', '']);
  });

  test('of any input is one line of printable ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(gsm(text)).toMatch(/^[ -~]*$/);
        expect(gsm(text)).not.toMatch(/[[\]{}\\|~^`]/);
      }),
    );
  });
});
