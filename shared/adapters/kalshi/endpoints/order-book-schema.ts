import * as z from 'zod/mini';
import { count, expected, price } from '../wire.ts';

/** Bids only, worst first: the best is the last. Absent or null when a side is empty. */
const levels = expected(z.array(z.tuple([price, count])));

export const orderBookSchema = z.object({ yes_dollars: levels, no_dollars: levels });
export type OrderBookAnswer = z.output<typeof orderBookSchema>;
