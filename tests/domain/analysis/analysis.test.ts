import { describe, expect, it } from 'vitest';
import { aiEconomics } from '../../../shared/domain/ai-economics.ts';
import { analysisPrompt, withinLength } from '../../../shared/domain/analysis/analysis-prompt.ts';
import { breakerHeadroom, projectCash } from '../../../shared/domain/analysis/cash-projection.ts';
import { manualPatterns } from '../../../shared/domain/analysis/manual-patterns.ts';
import { aiSection, cashSection, forecastSection, manualSection } from '../../../shared/domain/analysis/sections.ts';
import { learnModel } from '../../../shared/domain/forecasting/learn.ts';
import { score } from '../../../shared/domain/forecasting/score.ts';
import type { Contracts, Usd } from '../../../shared/domain/money.ts';
import type { Trade } from '../../../shared/domain/position.ts';
import type { ReportSection } from '../../../shared/domain/words/report.ts';
import { quantitiesOf, strikeUnknownNumbers } from '../../../shared/domain/words/strike-numbers.ts';
import { seeded } from '../../seeded.ts';
import { settledForecast } from '../forecasting/forecasts.ts';
import { injections } from '../safety/injections.ts';

const DAY = 86_400_000;
const usd = (dollars: number) => Math.round(dollars * 1_000_000) as Usd;

describe('the analysis prompt', () => {
  const facts = 'Health\n  Cash        $9.84\n  In use      91.4%';

  it('holds the facts as they are read and forbids numbers of its own', () => {
    const { instructions, input } = analysisPrompt({ kind: 'daily', at: 0, facts }, 'k3');
    expect(input).toContain(`<<k3 facts>>\n${facts}\n<<end k3>>`);
    expect(instructions).toMatch(/Do not compute new ones/);
    expect(instructions).toContain('3000 to 4000 characters');
  });

  it('asks each kind for its own', () => {
    const of = (kind: 'daily' | 'weekly' | 'emergency') => analysisPrompt({ kind, at: 0, facts }, 'k3').instructions;
    expect(of('weekly')).toMatch(/by hand against automated/);
    expect(of('emergency')).toMatch(/which positions to close first/);
    expect(new Set([of('daily'), of('weekly'), of('emergency')]).size).toBe(3);
  });

  it.each(injections)('quotes what a person or a market wrote into the report: %s', (_name, hostile) => {
    const { instructions, input } = analysisPrompt({ kind: 'emergency', at: 0, facts: `Asked for: ${hostile}` }, 'f9b1c2');
    expect(instructions).not.toContain(hostile);
    expect(input.replaceAll(/<<f9b1c2 [^\n]*>>\n[\s\S]*?\n<<end f9b1c2>>/g, '')).not.toMatch(/ignore|buy|reveal/i);
  });
});

describe('the length of an analysis', () => {
  it('is what people were promised: a text that runs on ends with the last sentence that fits', () => {
    const sentence = 'Cash stands where it stood. ';
    const long = sentence.repeat(200);
    const fitted = withinLength(long);
    expect(fitted.length).toBeLessThanOrEqual(4_000);
    expect(fitted.length).toBeGreaterThan(4_000 - sentence.length);
    expect(fitted.endsWith('it stood.')).toBe(true);
    expect(withinLength('Short.')).toBe('Short.');
    expect(withinLength('x'.repeat(5_000))).toHaveLength(4_000);
    expect(withinLength(`${'y'.repeat(3_900)}\n${'z'.repeat(500)}`)).toBe('y'.repeat(3_900));
  });
});

describe('sections of the report', () => {
  const text = ({ rows }: ReportSection) => rows.map(([label, value]) => `${label}: ${value}`).join('\n');

  it('show cash by the day positions resolve, and the room that is left', () => {
    const [day] = projectCash(usd(9.84), [{ ticker: 'A', resolvesAt: Date.parse('2026-11-30T20:00:00Z'), payout: usd(10), value: usd(6) }]);
    expect(text(cashSection(day ? [day] : [], usd(15), () => usd(4)))).toBe(
      '2026-11-30: 1 position resolving: cash $9.84 if all are lost, $19.84 if all are won; worst equity $9.84, room before the breaker then $4.00\nRoom before the drawdown breaker: $15.00',
    );
    expect(text(cashSection([], undefined, () => undefined))).toContain('unknown (no equity history)');
  });

  it('show what each model is worth beside the price', () => {
    const settled = [settledForecast({ event: 'A', raw: 0.8 }, true), settledForecast({ event: 'B', raw: 0.4 }, false)];
    const { score: found } = score(settled, 'raw', seeded(1));
    const models = [{ name: 'grok-4.7', learned: learnModel(settled), score: found }];
    expect(text(forecastSection(models))).toMatch(
      /^grok-4.7: weight 0\.2\d \(starting\), 2 settled events, Brier 0.100 against the price's 0.250, skill 60%/,
    );
    expect(text(forecastSection([]))).toBe('Forecasts: none yet');
  });

  it('show what the AI costs, or why that is not known', () => {
    const idle = aiEconomics({ pnl: usd(1), aiCost: usd(0.2), cloudCost: usd(0.05), decisions: 0, trades: 0, brierGain: undefined });
    expect(text(aiSection(idle, usd(0)))).toContain('P&L less AI and cloud: $0.75\nAI per decision: unknown (no decisions)');
  });

  it('say what simulated models would have cost, and count it nowhere', () => {
    const idle = aiEconomics({ pnl: usd(1), aiCost: usd(0), cloudCost: usd(0), decisions: 0, trades: 0, brierGain: undefined });
    const said = text(aiSection(idle, usd(0.3)));
    expect(said).toContain('P&L less AI and cloud: $1.00');
    expect(said).toContain('Simulated models: $0.30 of invented money, not counted');
  });

  it('hold only numbers that a check against the report will find', () => {
    const { rows } = aiSection(
      aiEconomics({ pnl: usd(1), aiCost: usd(0.2), cloudCost: usd(0.05), decisions: 4, trades: 2, brierGain: 0.02 }),
      usd(0),
    );
    const said = rows.map(([label, value]) => `${label}  ${value}`).join('\n');
    const checked = strikeUnknownNumbers('Each decision cost $0.05, each trade $0.10, and luck $3.', { ...quantitiesOf(said), names: [] });
    expect(checked.struck).toEqual(['$3']);
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
    expect(manualSection(patterns).rows).toEqual([
      ['category Weather', expect.stringMatching(/^\+\$11\.00 in 7 trades, won 85\.7%.*; automated -\$2\.00 in 1 trade$/)],
    ]);
  });

  it('see time to expiry only where the close is known', () => {
    const late = byHand.map((one, i) => ({ ...one, ticker: `T${i}` }));
    const found = manualPatterns(late, (ticker) => (Number(ticker.slice(1)) < 7 ? 3 * DAY : 60 * DAY));
    expect(found.map(({ trait, value }) => `${trait} ${value}`)).toContain('expiry 1-7 days');
  });

  it('are none without enough trades by hand', () =>
    expect(manualPatterns([trade(5), trade(5), ...automated], () => undefined)).toEqual([]));
});
