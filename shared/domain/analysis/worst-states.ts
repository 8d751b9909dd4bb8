import type { Usd } from '../money.ts';
import { notional, PAYOUT } from '../money.ts';
import type { Position } from '../position.ts';

/** The worst that an event can still do to what is held of it. */
export interface WorstState {
  readonly event: string;
  readonly positions: number;
  /** What the positions then pay together. */
  readonly pays: Usd;
  /** That, less what they cost with their fees; negative is a loss. */
  readonly result: Usd;
  readonly when: string;
}

/**
 * The worst state of each event, the largest loss first. Where at most one market of an event can end YES, not everything can be lost
 * together: YES of two of them may both fail, but of NO only one. Where that is not known, everything is lost.
 */
export function worstStates(positions: readonly Position[], exclusive: (ticker: string) => boolean | undefined): readonly WorstState[] {
  const events = Map.groupBy(positions, ({ event }) => event);
  return [...events]
    .map(([event, held]) => {
      const paid = held.reduce((sum, { cost, fees }) => sum + cost + fees, 0);
      const known = held.every(({ ticker }) => exclusive(ticker) === true);
      const { pays, when } = known ? worstOfExclusive(held) : { pays: 0, when: 'all are lost' };
      return { event, positions: held.length, pays: pays as Usd, result: (pays - paid) as Usd, when };
    })
    .toSorted((a, b) => a.result - b.result);
}

/** Each held market may win, or none of them. */
function worstOfExclusive(held: readonly Position[]): { readonly pays: number; readonly when: string } {
  const states = [undefined, ...held.map(({ ticker }) => ticker)].map((winner) => ({
    when: winner === undefined ? 'none of them ends YES' : `${winner} ends YES`,
    pays: held.reduce((sum, { ticker, side, count }) => sum + ((ticker === winner) === (side === 'yes') ? notional(PAYOUT, count) : 0), 0),
  }));
  return states.reduce((worst, state) => (state.pays < worst.pays ? state : worst));
}
