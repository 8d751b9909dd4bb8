import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { cursor } from '../wire.ts';
import { shardTransferSchema } from './shard-transfer-schema.ts';

export const getShardTransfers = endpoint<{ readonly query?: { readonly limit?: number; readonly cursor?: string } }>()({
  name: 'GetIntraExchangeInstanceTransfers',
  method: 'GET',
  path: '/portfolio/intra_exchange_instance_transfers',
  signed: true,
  answer: z.object({ transfers: z.array(shardTransferSchema), cursor }),
});
