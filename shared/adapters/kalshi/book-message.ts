import type { BookFault, DepthBook } from '../../domain/depth-book.ts';
import { type Millis, PAYOUT } from '../../domain/money.ts';
import { scaledDecimal } from './decimal.ts';

/** Payload of `orderbook_snapshot` and `orderbook_delta`, not yet believed. */
export type BookPayload = Readonly<Record<string, unknown>>;

/** In which side's price the levels of NO are given: subscriptions say (`use_yes_price`). */
export type NoPrices = 'no' | 'yes';

/** A message that says what no book can be: an unreadable level. */
export type MessageFault = BookFault | 'unreadable';

/** Replaces the book by a snapshot; a side without levels is left out of the message. */
export function applySnapshot(book: DepthBook, message: BookPayload, noPrices: NoPrices, at: Millis): MessageFault | undefined {
  const yes = flatLevels(message.yes_dollars_fp, 'no');
  const no = flatLevels(message.no_dollars_fp, noPrices);
  if (yes && no) return book.replace(yes, no, at);
  book.stale = true;
  return 'unreadable';
}

/** Applies one change. */
export function applyDelta(
  book: DepthBook,
  { side, price_dollars, delta_fp }: BookPayload,
  noPrices: NoPrices,
  at: Millis,
): MessageFault | undefined {
  const given = scaledDecimal(price_dollars, 4);
  const delta = scaledDecimal(delta_fp, 2);
  if ((side !== 'yes' && side !== 'no') || Number.isNaN(given) || Number.isNaN(delta)) {
    book.stale = true;
    return 'unreadable';
  }
  return book.change(side, side === 'no' && noPrices === 'yes' ? PAYOUT - given : given, delta, at);
}

/** [["0.5600","10.00"], …] as price, count, price, count, …; undefined when one is not readable. */
function flatLevels(levels: unknown, pricesOf: NoPrices): readonly number[] | undefined {
  if (levels === undefined || levels === null) return [];
  if (!Array.isArray(levels)) return undefined;
  const flat = levels.flatMap((level: unknown) => {
    if (!Array.isArray(level)) return [Number.NaN];
    const price = scaledDecimal(level[0], 4);
    return [pricesOf === 'yes' ? PAYOUT - price : price, scaledDecimal(level[1], 2)];
  });
  return flat.some(Number.isNaN) ? undefined : flat;
}
