import * as z from 'zod/mini';
import { bookSide, count, expected, price, retired, side, time } from '../wire.ts';

export const tradeSchema = z.object({
  trade_id: z.string(),
  ticker: z.string(),
  count_fp: expected(count),
  yes_price_dollars: expected(price),
  no_price_dollars: expected(price),
  taker_side: retired,
  taker_outcome_side: expected(side),
  taker_book_side: expected(bookSide),
  created_time: expected(time),
  /** Traded off the book. */
  is_block_trade: expected(z.boolean()),
});
