import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayStart, etDay } from '../../shared/domain/et-day.ts';

const at = (iso: string) => Date.parse(iso);

test('a day of the exchange ends at midnight in New York, winter and summer', () => {
  expect(etDay(at('2026-01-15T04:59:59.999Z'))).toBe('2026-01-14');
  expect(etDay(at('2026-01-15T05:00:00Z'))).toBe('2026-01-15');
  expect(etDay(at('2026-07-15T03:59:59.999Z'))).toBe('2026-07-14');
  expect(etDay(at('2026-07-15T04:00:00Z'))).toBe('2026-07-15');
});

test('the day the clocks go forward has 23 hours and the day they go back has 25', () => {
  const hours = (day: string) => (dayStart(addDays(day, 1)) - dayStart(day)) / 3_600_000;
  expect(hours('2026-03-08')).toBe(23);
  expect(hours('2026-11-01')).toBe(25);
  expect(hours('2026-11-02')).toBe(24);
  expect(dayStart('2026-03-08')).toBe(at('2026-03-08T05:00:00Z'));
  expect(dayStart('2026-03-09')).toBe(at('2026-03-09T04:00:00Z'));
});

test('a day begins at its first existing hour where clocks jump at midnight', () => {
  expect(dayStart('2026-03-08', 'America/Havana')).toBe(at('2026-03-08T05:00:00Z'));
  expect(etDay(at('2026-03-08T05:00:00Z') - 1, 'America/Havana')).toBe('2026-03-07');
});

test('every instant lies in its own day, in any zone', () => {
  const zone = fc.constantFrom('America/New_York', 'UTC', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia');
  fc.assert(
    fc.property(fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') }), zone, (instant, name) => {
      const day = etDay(instant, name);
      expect(dayStart(day, name)).toBeLessThanOrEqual(instant);
      expect(dayStart(addDays(day, 1), name)).toBeGreaterThan(instant);
    }),
  );
});

test('an unknown zone is refused', () => {
  expect(() => etDay(0, 'Mars/Olympus')).toThrow('Mars/Olympus');
});
