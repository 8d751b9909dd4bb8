import { describe, expect, it } from 'vitest';
import { closingSection, worstSection } from '../../../shared/domain/analysis/emergency-sections.ts';
import { worstStates } from '../../../shared/domain/analysis/worst-states.ts';
import type { Contracts, Usd } from '../../../shared/domain/money.ts';
import type { Position } from '../../../shared/domain/position.ts';
import { aPosition } from '../../fixtures/trading-desk.ts';

const usd = (dollars: number) => Math.round(dollars * 1_000_000) as Usd;
/** Ten contracts for $4. */
const held = (ticker: string, side: 'yes' | 'no', change: Partial<Position> = {}) =>
  aPosition({ ticker, event: 'E', side, count: 1_000 as Contracts, cost: usd(4), ...change });
const exclusive = () => true;

describe('the worst an event can do', () => {
  it('is everything, where its markets may end as they like or nobody knows', () => {
    const positions = [held('A', 'no'), held('B', 'no')];
    for (const known of [false, undefined]) {
      expect(worstStates(positions, () => known)).toMatchObject([{ event: 'E', result: usd(-8), pays: 0, when: 'all are lost' }]);
    }
  });

  it('is one market against us where only one can end YES: of NO only one fails', () => {
    const [state] = worstStates([held('A', 'no'), held('B', 'no', { cost: usd(7) })], exclusive);
    expect(state).toMatchObject({ pays: usd(10), result: usd(-1), when: 'A ends YES' });
  });

  it('is that none wins, or that ours loses to the one we are against', () => {
    expect(worstStates([held('A', 'yes'), held('B', 'yes')], exclusive)).toMatchObject([
      { result: usd(-8), when: 'none of them ends YES' },
    ]);
    expect(worstStates([held('A', 'yes'), held('B', 'no')], exclusive)).toMatchObject([{ result: usd(-8), when: 'B ends YES' }]);
  });

  it('comes event by event, the worst first, and is held against the drawdown that halts', () => {
    const states = worstStates([held('A', 'yes'), held('C', 'yes', { event: 'F', cost: usd(9) })], exclusive);
    expect(states.map(({ event }) => event)).toEqual(['F', 'E']);
    const standing = { cash: usd(80), peak: usd(100), maxDrawdown: 0.15 };
    expect(worstSection(states, standing).rows).toEqual([
      ['F', '-$9.00 if none of them ends YES (1 position)'],
      ['E', '-$4.00 if none of them ends YES (1 position)'],
      ['All at their worst', 'equity $80.00, $5.00 past the drawdown that halts'],
    ]);
    expect(worstSection([], { ...standing, peak: undefined }).rows.at(-1)?.[1]).toContain('unknown');
    expect(worstSection([], { ...standing, cash: usd(90) }).rows.at(-1)?.[1]).toContain('$5.00 before');
  });
});

it('what to close first is what has most left to lose; what nobody bids for comes last', () => {
  const exposed = (ticker: string, value: number | undefined) => ({
    position: held(ticker, 'yes'),
    value: value === undefined ? undefined : usd(value),
    resolvesAt: undefined,
  });
  expect(closingSection([exposed('NOBODY', undefined), exposed('SMALL', 1), exposed('LARGE', 6.5)]).rows).toEqual([
    ['1. LARGE', 'sell 10 YES at 65¢: brings $6.50 that could still be lost, and books +$2.50, before fees'],
    ['2. SMALL', 'sell 10 YES at 10¢: brings $1.00 that could still be lost, and books -$3.00, before fees'],
    ['3. NOBODY', '10 YES: nobody bids, it cannot be sold now'],
  ]);
  expect(closingSection([]).rows).toEqual([['Positions', 'none']]);
});
