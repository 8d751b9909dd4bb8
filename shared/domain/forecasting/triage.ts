import type { FeeTerms } from '../fees.ts';
import { feePerContract } from '../fees.ts';
import type { Millis, Price, Probability } from '../money.ts';
import { opposite, priceShare } from '../money.ts';
import type { Abstention } from './abstention.ts';
import type { ForecastingSettings } from './forecasting-settings.ts';

/** What the asking costs and gains is judged from; `undefined` is unknown and means no call. */
export interface TriageView {
  readonly bid: Price | undefined;
  readonly ask: Price | undefined;
  readonly fee: FeeTerms | undefined;
  readonly rulesPrimary: string | undefined;
  readonly rulesHash: string | undefined;
  readonly closesAt: Millis | undefined;
}

/** A view with nothing left unknown. */
export interface Worthwhile {
  readonly bid: Price;
  readonly ask: Price;
  readonly mid: Probability;
  readonly rulesPrimary: string;
  readonly rulesHash: string;
  readonly closesAt: Millis;
}

/** Whether a call could pay at all, before any money is spent on it. */
export function triage(view: TriageView, now: Millis, settings: ForecastingSettings): Worthwhile | Abstention {
  const { bid, ask, fee, rulesPrimary, rulesHash, closesAt } = view;
  if (bid === undefined || ask === undefined) return { why: 'no-quote', detail: 'no bid or no ask' };
  if (fee === undefined) return { why: 'no-fee-terms', detail: 'the fee of this market is not known' };
  if (!rulesPrimary || rulesHash === undefined) return { why: 'no-rules', detail: 'the rules of this market are not known' };
  if (closesAt === undefined) return { why: 'close-unknown', detail: 'the close time is not known' };
  if (closesAt - now < settings.nearResolution) {
    return { why: 'near-resolution', detail: `closes in ${Math.max(0, Math.round((closesAt - now) / 60_000))} minutes` };
  }
  const best = bestGain(bid, ask, fee, now, settings.reach);
  if (best < settings.margin) {
    return { why: 'cannot-pay', detail: `even a move of ${settings.reach} leaves ${best.toFixed(4)} a contract after spread and fee` };
  }
  return { bid, ask, mid: priceShare(((bid + ask) / 2) as Price), rulesPrimary, rulesHash, closesAt };
}

/** Most that taking either side could gain per contract, in dollars, if the fair price were `reach` from the mid. */
function bestGain(bid: Price, ask: Price, fee: FeeTerms, now: Millis, reach: number): number {
  const mid = priceShare(((bid + ask) / 2) as Price);
  const gain = (price: Price, fair: number) => Math.min(0.995, fair) - priceShare(price) - feePerContract(price, 'taker', fee, now);
  return Math.max(gain(ask, mid + reach), gain(opposite(bid), 1 - mid + reach));
}
