import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { expected, time } from '../wire.ts';

const shard = z.object({
  exchange_index: z.int(),
  description: expected(z.string()),
  exchange_active: z.boolean(),
  trading_active: z.boolean(),
  intra_exchange_transfers_active: expected(z.boolean()),
});

/** Answers with its usual body even while it fails. */
export const getExchangeStatus = endpoint<Record<never, never>>()({
  name: 'GetExchangeStatus',
  method: 'GET',
  path: '/exchange/status',
  signed: false,
  readable: [500, 503, 504],
  answer: z.object({
    exchange_active: z.boolean(),
    trading_active: z.boolean(),
    intra_exchange_transfers_active: z.nullish(z.boolean()),
    exchange_estimated_resume_time: z.nullish(time),
    exchange_index_statuses: z.nullish(z.array(shard)),
  }),
});
