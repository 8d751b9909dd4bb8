import { feePerContract } from '../fees.ts';
import type { Contracts, Millis, Price, Usd } from '../money.ts';
import { notional } from '../money.ts';
import { centsText, countText, dollars } from '../words/amounts.ts';
import type { Holding, Portfolio } from './health-facts.ts';
import { bySize, sizeOf } from './portfolio-checks.ts';

/** A sale at the bid that is there now. */
export interface Sale {
  readonly ticker: string;
  readonly count: Contracts;
  readonly price: Price;
  /** Cash it brings; after the taker fee where the market's terms are known. */
  readonly frees: Usd;
  readonly fee: Usd | undefined;
}

const ONE = 100;

/**
 * Sales, largest positions first, until cash is `share` of value. Each sale turns value into cash and loses its fee:
 * n = need ÷ (net + share × fee). Never more than is bid for; what cannot be reached is left short.
 */
export function salesForCash({ cash, equity, positions }: Portfolio, share: number, at: Millis): readonly Sale[] {
  const sales: Sale[] = [];
  let need = equity === undefined ? 0 : share * equity - cash;
  for (const holding of bySize(positions)) {
    if (need <= 0) break;
    const { bid } = holding;
    if (bid === undefined) continue;
    const fee = feeOf(holding, bid, at);
    const gain = bid - (1 - share) * (fee ?? 0);
    const made = gain > 0 ? sale(holding, need / gain, at) : undefined;
    if (!made) continue;
    sales.push(made);
    need -= gain * made.count;
  }
  return sales;
}

/** What to sell of each position that is more than `share` of value, so that it no longer is. */
export function salesForConcentration({ equity, positions }: Portfolio, share: number, at: Millis): readonly Sale[] {
  if (equity === undefined) return [];
  return bySize(positions).flatMap((holding) => {
    const excess = sizeOf(holding) - share * equity;
    const { bid } = holding;
    if (bid === undefined || excess <= 0) return [];
    return sale(holding, excess / (bid - share * (feeOf(holding, bid, at) ?? 0)), at) ?? [];
  });
}

/** The smallest positions to close so that no more than `limit` are left. */
export function salesForCount({ positions }: Portfolio, limit: number, at: Millis): readonly Sale[] {
  const sellable = bySize(positions).filter(({ bid, bidSize, count }) => bid !== undefined && (bidSize ?? count) >= count);
  const surplus = Math.max(0, positions.length - limit);
  return sellable
    .toReversed()
    .slice(0, surplus)
    .flatMap((holding) => sale(holding, holding.count, at) ?? []);
}

export function saleText({ ticker, count, price, frees, fee }: Sale): string {
  return `sell ${countText(count)} ${ticker} at ${centsText(price)} frees ${dollars(frees)}${fee === undefined ? ' before fees' : ' after fees'}`;
}

/** At least `atLeast` hundredths in whole contracts, within what is held and bid for. */
function sale(holding: Holding, atLeast: number, at: Millis): Sale | undefined {
  const { ticker, count: held, bid, bidSize } = holding;
  if (bid === undefined) return undefined;
  const count = Math.min(Math.ceil(atLeast / ONE - 1e-9) * ONE, held, bidSize ?? held) as Contracts;
  if (count <= 0) return undefined;
  const perHundredth = feeOf(holding, bid, at);
  const fee = perHundredth === undefined ? undefined : (Math.ceil(perHundredth * count) as Usd);
  return { ticker, count, price: bid, frees: (notional(bid, count) - (fee ?? 0)) as Usd, fee };
}

/** Taker fee in micro-dollars per hundredth of a contract, not rounded; undefined when the market's terms are unknown. */
function feeOf({ fee }: Holding, price: Price, at: Millis): number | undefined {
  return fee === undefined ? undefined : feePerContract(price, 'taker', fee, at) * 10_000;
}
