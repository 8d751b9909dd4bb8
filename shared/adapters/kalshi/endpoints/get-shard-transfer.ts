import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { shardTransferSchema } from './shard-transfer-schema.ts';

export const getShardTransfer = endpoint<{ readonly params: { readonly transfer_id: string } }>()({
  name: 'GetIntraExchangeInstanceTransfer',
  method: 'GET',
  path: '/portfolio/intra_exchange_instance_transfers/{transfer_id}',
  signed: true,
  answer: z.object({ transfer: shardTransferSchema }),
});
