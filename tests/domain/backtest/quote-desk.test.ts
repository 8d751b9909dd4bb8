import { expect, it } from 'vitest';
import { deskOver, playBars } from '../../../bench/made/bars-desk.ts';
import { madeCalibration } from '../../../bench/made/calibration.ts';
import { makeQuoteBars } from '../../../bench/made/quote-bars.ts';
import { isBalanced } from '../../../shared/domain/ledger.ts';

const bars = makeQuoteBars(150, 11);
const calibration = madeCalibration(0);

it('ends with every market settled, nothing held, and cash that is what flowed', () => {
  const { paper } = playBars(bars, deskOver(bars, calibration));
  expect(paper.fills).toBeGreaterThan(20);
  expect(paper.ledger.positions.size).toBe(0);
  expect(isBalanced(paper.ledger)).toBe(true);
  expect(paper.ledger.cash).toBe(paper.ledger.deposits + paper.ledger.realised);
});

it('books the same whether anybody listens or quotes without consequence are passed over', () => {
  let heard = 0;
  const passing = playBars(bars, deskOver(bars, calibration));
  const heeding = playBars(
    bars,
    deskOver(bars, calibration, () => heard++),
  );
  expect(heeding.paper.entries).toEqual(passing.paper.entries);
  expect(heard).toBeGreaterThan(passing.paper.fills);
});

it('enters as a maker and leaves as a taker, and never is paid to trade', () => {
  const { paper } = playBars(bars, deskOver(bars, calibration));
  const fills = paper.entries.filter((entry) => entry.kind === 'fill');
  for (const { role, action, fee } of fills) {
    expect(role).toBe(action === 'buy' ? 'maker' : 'taker');
    expect(fee).toBeGreaterThanOrEqual(0);
  }
});

it('knows nothing of later bars: cut short, it books the beginning of the same', () => {
  const half = { ...bars, count: Math.floor(bars.count / 2), outcomes: [] };
  const whole = playBars(bars, deskOver(bars, calibration)).paper.entries;
  const begun = playBars(half, deskOver(half, calibration)).paper.entries;
  const until = bars.at[half.count - 1] ?? 0;
  const early = (entries: typeof whole) =>
    entries.filter(({ at, kind }) => at < until && kind === 'fill').map(({ id, at }) => ({ id, at }));
  const ended = Math.min(...bars.outcomes.map(({ settledAt }) => settledAt));
  expect(early(begun).filter(({ at }) => at < ended)).toEqual(early(whole).filter(({ at }) => at < ended));
});
