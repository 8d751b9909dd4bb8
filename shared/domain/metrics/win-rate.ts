import type { Usd } from '../money.ts';
import type { Metric } from './metric.ts';
import { known, mean, unknown } from './metric.ts';

/** 97.5 % point of the normal distribution: 95 % intervals. */
export const Z95 = 1.959964;

/** What a closed round trip made and what was put in. */
export interface Outcome {
  readonly pnl: Usd;
  readonly cost: Usd;
  readonly fees: Usd;
}

/** Share of closed trades that made money net of fees, with Wilson's interval. A trade that made nothing is no win. */
export function winRate(trades: readonly Outcome[]): Metric {
  if (trades.length === 0) return unknown('no closed trades');
  const wins = trades.filter(({ pnl }) => pnl > 0).length;
  return known(wins / trades.length, trades.length, wilson(wins, trades.length));
}

/** Interval of a share that stays inside 0..1 and is honest for few observations. Source: Wilson (1927). */
export function wilson(wins: number, n: number, z = Z95): { readonly low: number; readonly high: number } {
  const share = wins / n;
  const centre = share + (z * z) / (2 * n);
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}

/**
 * The win rate at which trades like these make nothing: average loss ÷ (average win + average loss). Until a loss has
 * been seen it is taken to cost the whole stake, which is what a binary contract can lose.
 */
export function breakEvenWinRate(trades: readonly Outcome[]): Metric {
  if (trades.length === 0) return unknown('no closed trades');
  const wins = trades.filter(({ pnl }) => pnl > 0).map(({ pnl }) => pnl);
  if (wins.length === 0) return unknown('no winning trade to weigh losses against', trades.length);
  const losses = trades.filter(({ pnl }) => pnl < 0).map(({ pnl }) => -pnl);
  const loss = mean(losses.length > 0 ? losses : trades.map(({ cost, fees }) => cost + fees));
  return known(loss / (mean(wins) + loss), trades.length);
}
