import { describe, expect, it } from 'vitest';
import { analysisPrompt } from '../../../shared/domain/analysis/analysis-prompt.ts';
import { breakerHeadroom, projectCash } from '../../../shared/domain/analysis/cash-projection.ts';
import { dateFact, metricFact, numberFact, shareFact, usdFact, wordFact } from '../../../shared/domain/analysis/fact.ts';
import { manualPatterns } from '../../../shared/domain/analysis/manual-patterns.ts';
import { known, unknown } from '../../../shared/domain/metrics/metric.ts';
import type { Contracts, Usd } from '../../../shared/domain/money.ts';
import type { Trade } from '../../../shared/domain/position.ts';
import { injections } from '../safety/injections.ts';

const DAY = 86_400_000;
const place = (id: string, section = 'Cash') => ({ id, section, label: id });
const usd = (dollars: number) => Math.round(dollars * 1_000_000) as Usd;

describe('facts', () => {
  it('read as people write them, and carry the number in the unit shown', () => {
    expect(usdFact(place('cash'), usd(9.84))).toMatchObject({ text: '$9.84', value: 9.84 });
    expect(usdFact(place('ai'), usd(-0.0123))).toMatchObject({ text: '-$0.0123', value: -0.0123 });
    expect(shareFact(place('used'), 0.914)).toMatchObject({ text: '91.4 %', value: 91.4 });
    expect(numberFact(place('positions'), 16)).toMatchObject({ text: '16', value: 16 });
    expect(dateFact(place('due'), Date.parse('2026-11-30T23:00:00Z')).text).toBe('2026-11-30');
    expect(wordFact(place('state'), 'halted')).toMatchObject({ text: 'halted', value: undefined });
  });

  it('say that they are unknown, and why, instead of 0', () => {
    expect(usdFact(place('equity'), undefined, 'nobody bids for one market')).toMatchObject({
      text: 'unknown (nobody bids for one market)',
      value: undefined,
    });
    expect(metricFact(place('sharpe'), 'ratio', unknown('not enough days', 3))).toMatchObject({
      text: 'unknown (not enough days)',
      value: undefined,
    });
  });

  it('of metrics tell how many observations they stand on', () => {
    expect(metricFact(place('winRate'), 'share', known(0.55, 20)).text).toBe('55.0 % (n = 20)');
    expect(metricFact(place('hold'), 'duration', known(5_400_000, 4))).toMatchObject({
      text: '1.5 (n = 4)',
      label: 'hold, hours',
      value: 1.5,
    });
    expect(metricFact(place('entry'), 'price', known(5250, 4))).toMatchObject({ value: 0.525 });
  });
});

describe('the analysis prompt', () => {
  const facts = [usdFact(place('Cash'), usd(9.84)), shareFact(place('In use', 'Risk'), 0.914)];

  it('holds every fact under its section and forbids numbers of its own', () => {
    const { instructions, input } = analysisPrompt({ kind: 'daily', at: 0, facts }, 'k3');
    expect(input).toContain('<<k3 Cash>>\nCash: $9.84');
    expect(input).toContain('<<k3 Risk>>\nIn use: 91.4 %');
    expect(instructions).toMatch(/Do not compute new ones/);
    expect(instructions).toContain('3000 to 4000 characters');
  });

  it('asks each kind for its own', () => {
    const of = (kind: 'daily' | 'weekly' | 'emergency') => analysisPrompt({ kind, at: 0, facts }, 'k3').instructions;
    expect(of('weekly')).toMatch(/by hand against automated/);
    expect(of('emergency')).toMatch(/which positions to close first/);
    expect(new Set([of('daily'), of('weekly'), of('emergency')]).size).toBe(3);
  });

  it.each(injections)('quotes the reason of an emergency as data: %s', (_name, reason) => {
    const { instructions, input } = analysisPrompt({ kind: 'emergency', at: 0, facts, reason }, 'f9b1c2');
    expect(instructions).not.toContain(reason);
    expect(input.replaceAll(/<<f9b1c2 [^\n]*>>\n[\s\S]*?\n<<end f9b1c2>>/g, '')).not.toMatch(/ignore|buy|reveal/i);
  });
});

describe('projected cash', () => {
  const positions = [
    { ticker: 'LATE', resolvesAt: 5 * DAY, payout: usd(30), value: usd(12) },
    { ticker: 'SOON', resolvesAt: DAY, payout: usd(10), value: usd(6) },
    { ticker: 'SOON-2', resolvesAt: DAY + 1, payout: usd(5), value: usd(1) },
    { ticker: 'NEVER', resolvesAt: undefined, payout: usd(50), value: usd(20) },
  ];

  it('goes day by day, from all lost to all won, and never counts what has no date', () => {
    expect(projectCash(usd(9.84), positions)).toEqual([
      { at: DAY + 1, tickers: ['SOON', 'SOON-2'], worst: usd(9.84), best: usd(24.84), worstEquity: usd(41.84) },
      { at: 5 * DAY, tickers: ['LATE'], worst: usd(9.84), best: usd(54.84), worstEquity: usd(29.84) },
    ]);
  });

  it('does not know the equity while an open market has no bid', () => {
    const unmarked = positions.map((position) => (position.ticker === 'NEVER' ? { ...position, value: undefined } : position));
    expect(projectCash(usd(1), unmarked).map(({ worstEquity }) => worstEquity)).toEqual([undefined, undefined]);
  });

  it('leaves to the breaker what equity may still lose', () => {
    expect(breakerHeadroom(usd(95), usd(100), 0.2)).toBe(usd(15));
    expect(breakerHeadroom(usd(75), usd(100), 0.2)).toBe(usd(-5));
    expect(breakerHeadroom(undefined, usd(100), 0.2)).toBeUndefined();
  });
});

describe('patterns of trades by hand', () => {
  const trade = (pnl: number, change: Partial<Trade> = {}): Trade => ({
    ...{ ticker: 'T', event: 'E', category: 'Sports', side: 'yes', count: 100 as Contracts, cost: 550_000 as Usd },
    ...{ proceeds: usd(1), fees: 0 as Usd, pnl: usd(pnl), openedAt: 0, closedAt: 2 * 3_600_000, exit: 'settled' },
    ...change,
  });
  const byHand = [
    ...Array.from({ length: 6 }, () => trade(2, { category: 'Weather' })),
    trade(-1, { category: 'Weather' }),
    ...Array.from({ length: 8 }, () => trade(-1)),
    trade(1),
  ];
  const automated = [trade(-2, { category: 'Weather', intent: 'i1', strategy: 'dips' })];

  it('are what goes with profit, beside the automated trades of the same kind', () => {
    const patterns = manualPatterns([...byHand, ...automated], () => undefined);
    expect(patterns.map(({ trait, value }) => `${trait} ${value}`)).toEqual(['category Weather']);
    expect(patterns[0]).toMatchObject({ trades: 7, pnl: usd(11), automated: { trades: 1, pnl: usd(-2) } });
    expect(patterns[0]?.lift).toBeCloseTo(6 / 7 / (7 / 16), 9);
  });

  it('see time to expiry only where the close is known', () => {
    const late = byHand.map((one, i) => ({ ...one, ticker: `T${i}` }));
    const found = manualPatterns(late, (ticker) => (Number(ticker.slice(1)) < 7 ? 3 * DAY : 60 * DAY));
    expect(found.map(({ trait, value }) => `${trait} ${value}`)).toContain('expiry 1-7 days');
  });

  it('are none without enough trades by hand', () =>
    expect(manualPatterns([trade(5), trade(5), ...automated], () => undefined)).toEqual([]));
});
