import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';

export interface TransferBody {
  readonly source: 'event_contract';
  readonly destination: 'event_contract';
  /** Centi-cents: $0.0001. */
  readonly amount: number;
  readonly source_exchange_shard: number;
  readonly destination_exchange_shard: number;
}

/** Starts a move of cash from shard to shard; watch it with getShardTransfer. */
export const transferBetweenShards = endpoint<{ readonly body: TransferBody }>()({
  name: 'IntraExchangeInstanceTransfer',
  method: 'POST',
  path: '/portfolio/intra_exchange_instance_transfer',
  signed: true,
  answer: z.object({ transfer_id: z.string().check(z.minLength(1)) }),
});
