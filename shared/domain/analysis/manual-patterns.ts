import { priceBand } from '../forecasting/score.ts';
import type { Metric } from '../metrics/metric.ts';
import { holdTime, isManual } from '../metrics/trade-metrics.ts';
import { winRate } from '../metrics/win-rate.ts';
import type { Millis, Usd } from '../money.ts';
import { PAYOUT } from '../money.ts';
import type { Trade } from '../position.ts';

export const patternTraits = ['category', 'price', 'expiry', 'hold'] as const;
export type PatternTrait = (typeof patternTraits)[number];

/** Something that many profitable trades by hand share, beside the automated trades that share it too. */
export interface ManualPattern {
  readonly trait: PatternTrait;
  readonly value: string;
  readonly trades: number;
  readonly pnl: Usd;
  readonly winRate: Metric;
  /** Share of the trait among winners by hand ÷ among all by hand: above 1 it goes with winning. */
  readonly lift: number;
  readonly automated: { readonly trades: number; readonly pnl: Usd; readonly winRate: Metric };
}

/** Fewer trades than this are an anecdote. */
const MIN_TRADES = 5;

/**
 * What profitable trades by hand have in common: traits with at least 5 trades by hand, a profit in sum and a lift
 * above 1, the most profitable first. `closesAt` gives a market's close; unknown closes make no expiry trait.
 */
export function manualPatterns(trades: readonly Trade[], closesAt: CloseOf): readonly ManualPattern[] {
  return patternTraits
    .flatMap((trait) => patternsOf(trait, trades, closesAt))
    .filter(({ trades: n, pnl, lift }) => n >= MIN_TRADES && pnl > 0 && lift > 1)
    .sort((a, b) => b.pnl - a.pnl);
}

type CloseOf = (ticker: string) => Millis | undefined;

function patternsOf(trait: PatternTrait, trades: readonly Trade[], closesAt: CloseOf): readonly ManualPattern[] {
  const manual = trades.filter(isManual);
  const automated = trades.filter((trade) => !isManual(trade));
  const winners = manual.filter(({ pnl }) => pnl > 0);
  const of = (trade: Trade) => traitOf(trait, trade, closesAt);
  const values = new Set(manual.map(of).filter((value) => value !== undefined));
  return [...values].map((value) => {
    const has = (trade: Trade) => of(trade) === value;
    const own = manual.filter(has);
    const lift = winners.length === 0 ? 0 : winners.filter(has).length / winners.length / (own.length / manual.length);
    return { trait, value, lift, ...totals(own), automated: totals(automated.filter(has)) };
  });
}

function totals(trades: readonly Trade[]) {
  return { trades: trades.length, pnl: trades.reduce((sum, { pnl }) => sum + pnl, 0) as Usd, winRate: winRate(trades) };
}

function traitOf(trait: PatternTrait, trade: Trade, closesAt: CloseOf): string | undefined {
  if (trait === 'category') return trade.category;
  if (trait === 'price') return priceBand(trade.cost / trade.count / PAYOUT);
  if (trait === 'hold') return span(holdTime(trade));
  const close = closesAt(trade.ticker);
  return close === undefined ? undefined : span(close - trade.openedAt);
}

const HOUR = 3_600_000;
const spans: readonly (readonly [number, string])[] = [
  [HOUR, 'under an hour'],
  [24 * HOUR, '1-24 hours'],
  [168 * HOUR, '1-7 days'],
  [720 * HOUR, '7-30 days'],
];

function span(millis: number): string {
  return spans.find(([bound]) => millis < bound)?.[1] ?? 'over 30 days';
}
