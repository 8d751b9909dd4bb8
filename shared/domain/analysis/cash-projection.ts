import type { Millis, Usd } from '../money.ts';

/** A position as far as cash is concerned: when it pays, and what it pays at most. A loss pays nothing. */
export interface Resolving {
  readonly ticker: string;
  readonly resolvesAt: Millis | undefined;
  /** What a win pays, the count of contracts in dollars. */
  readonly payout: Usd;
  /** What the position would bring now, at the bid; undefined without one. */
  readonly value: Usd | undefined;
}

/** Cash after a day's positions have resolved, if all are lost and if all are won. */
export interface ProjectedCash {
  readonly at: Millis;
  readonly tickers: readonly string[];
  readonly worst: Usd;
  readonly best: Usd;
  /** Equity in the worst case: cash then, and what is still open at its bid; undefined where a bid is missing. */
  readonly worstEquity: Usd | undefined;
}

const DAY = 86_400_000;

/** Cash by the day positions resolve, soonest first. Positions without a date are never counted as cash. */
export function projectCash(cash: Usd, positions: readonly Resolving[]): readonly ProjectedCash[] {
  const dated = positions.filter((position): position is Resolving & { resolvesAt: Millis } => position.resolvesAt !== undefined);
  const days = [...Map.groupBy(dated, ({ resolvesAt }) => Math.floor(resolvesAt / DAY))].sort(([a], [b]) => a - b);
  const resolved = new Set<string>();
  let best = cash;
  return days.map(([, due]) => {
    for (const { ticker } of due) resolved.add(ticker);
    best = (best + due.reduce((sum, { payout }) => sum + payout, 0)) as Usd;
    const open = positions.filter(({ ticker }) => !resolved.has(ticker));
    const left = total(open.map(({ value }) => value));
    const at = Math.max(...due.map(({ resolvesAt }) => resolvesAt));
    return {
      at,
      tickers: due.map(({ ticker }) => ticker),
      worst: cash,
      best,
      worstEquity: left === undefined ? undefined : ((cash + left) as Usd),
    };
  });
}

/** What equity may still lose before the drawdown breaker halts; negative when it is past it. Undefined without a peak or an equity. */
export function breakerHeadroom(equity: Usd | undefined, peak: Usd | undefined, maxDrawdown: number): Usd | undefined {
  if (equity === undefined || peak === undefined) return undefined;
  return Math.floor(equity - peak * (1 - maxDrawdown)) as Usd;
}

function total(values: readonly (Usd | undefined)[]): number | undefined {
  let sum = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
}
