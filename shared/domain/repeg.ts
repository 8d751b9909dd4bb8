import type { Board } from './board.ts';
import { heldQuote } from './board.ts';
import { feePerContract } from './fees.ts';
import { marketChanged } from './intents.ts';
import { snapHeldDown, snapHeldUp, tickAt } from './market.ts';
import type { Price } from './money.ts';
import type { OrderRecord, Repeg } from './order.ts';
import { restingPrice } from './order.ts';
import type { RiskLimits } from './risk/limits.ts';
import type { Signal } from './signal.ts';

/**
 * Highest price that re-pegs may take an entry to: at most the slippage allowed over its first price, and no higher than
 * it is worth after fees. The first price itself where there is no room. Source: seed 003, slippage.
 */
export function ceilingOf(board: Board, { row, side, limit, fair, postOnly }: Signal, limits: RiskLimits): Price {
  const { fee, priceRanges } = board.terms(row);
  if (!postOnly || limits.repegs === 0 || fee === undefined) return limit;
  for (let top = limit + limits.maxSlippage; top > limit; ) {
    const price = snapHeldDown(top as Price, side, priceRanges);
    if (price === undefined || price <= limit) return limit;
    if (fair > price / 10_000 + feePerContract(price, 'maker', fee, board.at)) return price;
    top = price - 1;
  }
  return limit;
}

/**
 * A better price for an entry that rests and was outbid; undefined where it stands well, may not move yet, or has moved as
 * often as it may. Only upwards: what falls to it fills. A quote shows our own orders too, so a bid at our price is no reason.
 */
export function repegOf(board: Board, { row, side, limit }: Signal, record: OrderRecord, limits: RiskLimits): Repeg | undefined {
  const { id, intent, repegs } = record;
  const from = restingPrice(record);
  const { bid, ask } = heldQuote(board, row, side);
  const bounds = intent.repeg;
  if (bounds === undefined || bid === undefined || ask === undefined || bid <= from || marketChanged(intent, board)) return undefined;
  const number = (repegs?.count ?? 0) + 1;
  const rested = board.at - (repegs?.at ?? intent.decidedAt);
  if (record.state !== 'resting' || repegs?.pending !== undefined || number > bounds.times || rested < limits.repegSeconds * 1000)
    return undefined;
  const to = improved(board, row, { side, bid, ask, most: Math.min(limit, bounds.ceiling), improvement: limits.improvement });
  return to === undefined || to <= from ? undefined : { id, book: intent.book, ticker: intent.ticker, from, to, number, bounds };
}

interface Outbid {
  readonly side: Signal['side'];
  readonly bid: Price;
  readonly ask: Price;
  readonly most: number;
  readonly improvement: Price;
}

/** Half a cent, or a tick where that is more, over the best bid, and still a tick under the ask: it must not take. */
function improved(board: Board, row: number, { side, bid, ask, most, improvement }: Outbid): Price | undefined {
  const { priceRanges } = board.terms(row);
  const tick = tickAt(ask, side, priceRanges);
  const over = snapHeldUp((bid + 1) as Price, side, priceRanges);
  if (tick === undefined || over === undefined) return undefined;
  return snapHeldDown(Math.min(Math.max(over, bid + improvement), ask - tick, most) as Price, side, priceRanges);
}
