import * as z from 'zod';
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
    intra_exchange_transfers_active: z.boolean().nullish(),
    exchange_estimated_resume_time: time.nullish(),
    exchange_index_statuses: z.array(shard).nullish(),
  }),
});
