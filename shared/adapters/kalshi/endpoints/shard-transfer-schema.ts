import * as z from 'zod/mini';
import { dollars, expected, seconds } from '../wire.ts';

const instance = z.enum(['event_contract', 'margined']);

export const shardTransferSchema = z.object({
  transfer_id: z.string(),
  source: expected(instance),
  destination: expected(instance),
  source_exchange_shard: expected(z.int()),
  destination_exchange_shard: expected(z.int()),
  amount: expected(dollars),
  status: z.enum(['pending', 'complete']),
  created_ts: expected(seconds),
});
