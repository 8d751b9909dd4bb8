import type { Slice } from '../metrics/breakdown.ts';
import { sliceBy } from '../metrics/breakdown.ts';
import type { Metric } from '../metrics/metric.ts';
import { known, sum, unknown } from '../metrics/metric.ts';
import { breakEvenWinRate, winRate } from '../metrics/win-rate.ts';
import type { Usd } from '../money.ts';
import { PAYOUT } from '../money.ts';
import type { Trade } from '../position.ts';

/** A closed trade with what its side was thought to be worth when it was entered, a probability; undefined where nobody wrote it down. */
export interface JudgedTrade extends Trade {
  readonly fair: number | undefined;
}

/** What the closed trades of one strategy say of it, net of fees. */
export interface StrategyFeedback {
  readonly strategy: string;
  readonly trades: number;
  readonly contracts: number;
  readonly pnl: Usd;
  readonly fees: Usd;
  readonly winRate: Metric;
  /** Win rate at which trades like these make nothing. */
  readonly breakEven: Metric;
  /** What the trades whose worth was written down should have made, had it been right, in micro-dollars. */
  readonly predicted: Metric;
  /** What the same trades made. */
  readonly captured: Metric;
  /** Fees ÷ what was made before them; undefined where nothing was. */
  readonly feeShare: Metric;
  /** By the reason they ended, best first. */
  readonly exits: readonly Slice[];
}

/** Trades a strategy is judged on: its newest. */
const NEWEST = 200;

/** Feedback on every strategy with closed trades, by name. Trades by hand are nobody's strategy. */
export function strategyFeedback(trades: readonly JudgedTrade[]): readonly StrategyFeedback[] {
  const own = trades.filter(({ strategy }) => strategy !== undefined).toSorted((a, b) => b.closedAt - a.closedAt);
  return [...Map.groupBy(own, ({ strategy = '' }) => strategy)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([strategy, all]) => feedbackOf(strategy, all.slice(0, NEWEST)));
}

function feedbackOf(strategy: string, trades: readonly JudgedTrade[]): StrategyFeedback {
  const pnl = total(trades.map((trade) => trade.pnl));
  const fees = total(trades.map((trade) => trade.fees));
  const judged = trades.filter(({ fair }) => fair !== undefined);
  const unwritten = unknown('no trade with a worth written down at entry');
  return {
    strategy,
    pnl,
    fees,
    trades: trades.length,
    contracts: sum(trades.map(({ count }) => count)) / 100,
    winRate: winRate(trades),
    breakEven: breakEvenWinRate(trades),
    predicted: judged.length === 0 ? unwritten : known(sum(judged.map(predictedOf)), judged.length),
    captured: judged.length === 0 ? unwritten : known(sum(judged.map((trade) => trade.pnl)), judged.length),
    feeShare: pnl + fees > 0 ? known(fees / (pnl + fees), trades.length) : unknown('nothing was made before fees', trades.length),
    exits: sliceBy(trades, ({ exit }) => exit),
  };
}

/** fair × $1 a contract, less what the contracts cost and all fees of the round trip. */
function predictedOf({ fair = 0, count, cost, fees }: JudgedTrade): number {
  return Math.round(fair * PAYOUT * count - cost - fees);
}

function total(amounts: readonly number[]): Usd {
  return sum(amounts) as Usd;
}
