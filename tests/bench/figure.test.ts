import { describe, expect, it } from 'vitest';
import { type Figure, figureRow, judge } from '../../bench/figure.ts';

const time: Figure = { figure: 'scan.cpu', value: 12, unit: 'ms', better: 'lower' };

describe('a figure', () => {
  it('is bounded by its ratio where there is a limit', () => {
    expect(judge({ ...time, limit: 10, budget: 1.25 })).toEqual({ ...time, limit: 10, ratio: 1.2, budget: 1.25, ok: true });
    expect(judge({ ...time, limit: 10, budget: 1.15 }).ok).toBe(false);
  });

  it('is bounded by its value where there is none', () => {
    expect(judge({ ...time, budget: 12 })).toEqual({ ...time, limit: null, ratio: null, budget: 12, ok: true });
    expect(judge({ ...time, budget: 11 }).ok).toBe(false);
  });

  it('has a floor where higher is better', () => {
    expect(judge({ ...time, better: 'higher', budget: 12 }).ok).toBe(true);
    expect(judge({ ...time, better: 'higher', budget: 13 }).ok).toBe(false);
    expect(judge({ ...time, better: 'higher', limit: 2, budget: 7 }).ok).toBe(false);
  });

  it('without a budget is only told', () => expect(judge(time)).toMatchObject({ budget: null, ok: true }));

  it('that was not measured is never fine', () => {
    expect(judge({ ...time, value: Number.NaN }).ok).toBe(false);
    expect(judge({ ...time, limit: 0 }).ok).toBe(false);
  });

  it('reads as a row', () => {
    expect(figureRow(judge({ ...time, limit: 10, budget: 1.25 }))).toMatch(
      /^✓ scan\.cpu +12 ms +1\.2 × the limit of 10 ms +budget at most 1\.25 ×$/,
    );
    expect(figureRow(judge({ ...time, better: 'higher', budget: 13 }))).toMatch(/^✗ scan\.cpu +12 ms +budget at least 13$/);
  });
});
