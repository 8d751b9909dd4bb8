import type { Contracts } from '../../domain/money.ts';
import type { OrderGroups } from '../../ports/broker.ts';
import { createOrderGroup } from './endpoints/create-order-group.ts';
import { resetOrderGroup } from './endpoints/reset-order-group.ts';
import { triggerOrderGroup } from './endpoints/trigger-order-group.ts';
import type { Transport } from './transport.ts';

/** A limit is in whole contracts; a group is written to in its own shard. */
export function orderGroups(transport: Transport): OrderGroups {
  const at = (id: string, shard: number) => ({ params: { order_group_id: id }, query: { exchange_index: shard }, body: {} });
  return {
    open: async (shard: number, limit: Contracts) => {
      const body = { contracts_limit: Math.floor(limit / 100), exchange_index: shard };
      return (await transport.call(createOrderGroup, { body })).order_group_id;
    },
    trigger: async (id, shard) => {
      await transport.call(triggerOrderGroup, at(id, shard));
    },
    reset: async (id, shard) => {
      await transport.call(resetOrderGroup, at(id, shard));
    },
  };
}
