import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf } from '../../../shared/domain/calibration/normal.ts';
import type { Forecast } from '../../../shared/domain/forecast.ts';
import type { Price, Probability } from '../../../shared/domain/money.ts';
import type { MarketRow } from '../../../shared/domain/rows-board.ts';
import { boardOfRows } from '../../../shared/domain/rows-board.ts';
import { directional, worthForecasting } from '../../../shared/domain/strategies/directional.ts';
import type { StrategyView } from '../../../shared/domain/strategies/strategy.ts';
import { makeConfig } from '../../../shared/system/config/config.ts';
import { strategySettings } from '../../../shared/system/config/domain-settings.ts';

const at = Date.parse('2026-11-20T12:00:00Z');
const HOUR = 3_600_000;
const settings = strategySettings(makeConfig({}));

function boardWith(change: Partial<MarketRow> = {}) {
  const row: MarketRow = {
    ...{ ticker: 'T-1', event: 'T', series: 'T', status: 'active', bid: 4900, ask: 5100, bidSize: 10_000, askSize: 10_000 },
    ...{
      volume: 100_000,
      volume24h: 100_000,
      openInterest: 0,
      last: 5000,
      closeTime: at + 48 * HOUR,
      knownClose: at + 48 * HOUR,
      quotedAt: at,
    },
    terms: { fee: { type: 'quadratic', multiplier: 10_000 }, priceRanges: undefined, shard: 0, mutuallyExclusive: undefined },
    ...change,
  };
  return boardOfRows([row], at, { lacks: new Set() });
}

function viewWith(probability: number | undefined, change: Partial<Forecast> = {}): StrategyView {
  const forecast = { ticker: 'T-1', probability: probability as Probability, standardError: 0.03, by: 'grok', at, ...change };
  return { ...settings, calibration: undefined, forecast: () => (probability === undefined ? undefined : forecast) };
}

const stageOf = (board: ReturnType<typeof boardWith>, view: StrategyView) => {
  const found = directional.judge(board, 0, view);
  return typeof found === 'number' ? directional.stages[found]?.name : found.side;
};

describe('the directional strategy', () => {
  it('buys the side a forecast finds cheap, at its ask, with the forecast as its fair value', () => {
    expect(directional.judge(boardWith(), 0, viewWith(0.6))).toMatchObject({
      side: 'yes',
      limit: 5100,
      fair: 0.6,
      standardError: 0.03,
      postOnly: false,
    });
    expect(directional.judge(boardWith(), 0, viewWith(0.4))).toMatchObject({ side: 'no', limit: 5100, fair: 0.6 });
  });

  it('judges NO as YES of the opposite outcome', () => {
    const integers = [fc.integer({ min: 600, max: 9_000 }), fc.integer({ min: 1, max: 499 }), fc.integer({ min: 1, max: 1_023 })] as const;
    fc.assert(
      fc.property(...integers, (bid, spread, parts) => {
        const here = directional.judge(boardWith({ bid, ask: bid + spread }), 0, viewWith(parts / 1_024));
        const there = directional.judge(boardWith({ bid: 10_000 - bid - spread, ask: 10_000 - bid }), 0, viewWith(1 - parts / 1_024));
        const seen = (found: typeof here) => (typeof found === 'number' ? found : { limit: found.limit, fair: found.fair.toFixed(9) });
        expect(seen(there)).toEqual(seen(here));
        if (typeof here !== 'number' && typeof there !== 'number') expect(there.side).not.toBe(here.side);
      }),
    );
  });

  it('never buys what the fee and the margin eat', () => {
    expect(stageOf(boardWith(), viewWith(0.54))).toBe('edge');
    expect(stageOf(boardWith(), viewWith(0.57))).toBe('yes');
  });

  it('needs confidence: the same edge is nothing when the forecast is unsure', () => {
    expect(stageOf(boardWith(), viewWith(0.6, { standardError: 0.05 }))).toBe('yes');
    expect(stageOf(boardWith(), viewWith(0.6, { standardError: 0.2 }))).toBe('confidence');
  });

  it('drops a market without a forecast, or with an old one, and says so', () => {
    expect(stageOf(boardWith(), viewWith(undefined))).toBe('forecast');
    expect(stageOf(boardWith(), viewWith(0.9, { at: at - 31 * 60_000 }))).toBe('forecast');
  });

  it.each([
    ['status', { status: 'closed' }],
    ['quote', { bid: 0 }],
    ['volume', { volume24h: 100 }],
    ['volume', { volume24h: Number.NaN }],
    ['price', { bid: 9_500, ask: 9_600 }],
    ['spread', { bid: 4_500, ask: 5_000 }],
    ['expiry', { knownClose: at + HOUR / 2 }],
    ['expiry', { knownClose: Number.NaN }],
  ] as const)('does not ask about a market that fails its filter on %s (%j)', (stage, change) => {
    const board = boardWith(change);
    expect(stageOf(board, viewWith(0.99))).toBe(stage);
    expect(worthForecasting(board, 0, viewWith(undefined))).toBe(false);
  });

  it('asks about a market that passes the filters, whatever a forecast would say', () => {
    expect(worthForecasting(boardWith(), 0, viewWith(undefined))).toBe(true);
  });

  it('does not guess a fee', () => {
    const { terms } = { terms: { fee: undefined, priceRanges: undefined, shard: 0, mutuallyExclusive: undefined } };
    expect(stageOf(boardWith({ terms }), viewWith(0.9))).toBe('fee');
  });

  it('marks a signal whose forecast is for paper only', () => {
    expect(directional.judge(boardWith(), 0, viewWith(0.9, { paperOnly: true }))).toMatchObject({ paperOnly: true });
    expect(directional.judge(boardWith(), 0, viewWith(0.9))).not.toHaveProperty('paperOnly');
  });
});

it('the normal distribution is known to seven digits', () => {
  expect(normalCdf(0)).toBeCloseTo(0.5, 6);
  expect(normalCdf(1.959964)).toBeCloseTo(0.975, 6);
  expect(normalCdf(-1.959964 as Price)).toBeCloseTo(0.025, 6);
});
