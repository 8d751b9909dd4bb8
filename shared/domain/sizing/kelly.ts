import type { Probability } from '../money.ts';

/**
 * Share of the bankroll that maximises log growth of one binary bet: (p − c) / (1 − c), zero when the price is no
 * bargain. `cost` is the price with its fee. Source: Kelly (1956), binary form.
 */
export function kelly(win: Probability, cost: number): number {
  return cost < 1 ? Math.max(0, (win - cost) / (1 - cost)) : 0;
}

/**
 * What is left of a stake when the probability itself is uncertain: e² / (e² + σ²). Source: Baker and McHale (2013);
 * the same as blending the forecast towards the price, so never do both.
 */
export function uncertaintyShrink(win: Probability, cost: number, standardError: number): number {
  const edge = win - cost;
  return edge <= 0 ? 0 : (edge * edge) / (edge * edge + standardError * standardError);
}

/** One of several bets of which at most one can win. */
export interface ExclusiveBet {
  readonly win: number;
  readonly cost: number;
}

/**
 * Shares of the bankroll for bets that exclude each other. With `negativeEdgeLegs`, legs that lose alone but hedge the
 * others are bought too. Source: Smoczynski and Tomkins (2010).
 */
export function kellyExclusive(
  bets: readonly ExclusiveBet[],
  { negativeEdgeLegs }: { readonly negativeEdgeLegs: boolean },
): readonly number[] {
  const order = bets
    .map((bet, index) => ({ ...bet, index }))
    .filter((bet) => negativeEdgeLegs || bet.win > bet.cost)
    .sort((a, b) => b.win / b.cost - a.win / a.cost);
  let reserve = 1;
  let win = 0;
  let cost = 0;
  const taken: typeof order = [];
  for (const bet of order) {
    if (bet.win / bet.cost <= reserve || cost + bet.cost >= 1) break;
    win += bet.win;
    cost += bet.cost;
    reserve = (1 - win) / (1 - cost);
    taken.push(bet);
  }
  const shares = bets.map(() => 0);
  for (const bet of taken) shares[bet.index] = bet.win - reserve * bet.cost;
  return shares;
}

/**
 * Contracts to buy now for log-optimal growth with `cash` dollars and `held` contracts of the same side; negative means
 * sell. Contracts held of the other side (negative `held`) are netted out first: each pair pays a dollar. The gap
 * between its zero at the ask and at the bid is the no-trade band. Source: algorithms B3.
 */
export function kellyWithHolding(win: Probability, cost: number, cash: number, held: number): number {
  if (held < 0) return -held + kellyWithHolding(win, cost, cash - held * (1 - cost), 0);
  return (win * (1 - cost) * cash - (1 - win) * cost * (cash + held)) / (cost * (1 - cost));
}
