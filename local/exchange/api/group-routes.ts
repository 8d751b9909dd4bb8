import type { Contracts } from '../../../shared/domain/money.ts';
import type { Order } from '../matching/order.ts';
import { type OrderGroup, restingOf } from '../matching/order-groups.ts';
import { Refusal } from '../matching/refusal.ts';
import { createGroupBody, groupLimitBody, readBody, readCount } from './body.ts';
import { integerOf, invalid } from './query.ts';
import { type Answer, type Call, ok, type Route } from './route.ts';
import { count } from './wire.ts';

const write = { access: 'signed', scope: 'write::trade' } as const;

export const groupRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/portfolio/order_groups',
    access: 'signed',
    answer: (call) => ok({ order_groups: call.venue.groups.of(call.account).map(listed) }),
  },
  { ...write, method: 'POST', path: '/portfolio/order_groups/create', answer: create },
  { method: 'GET', path: '/portfolio/order_groups/:group', access: 'signed', answer: (call) => ok(oneGroup(groupOf(call))) },
  {
    ...write,
    method: 'DELETE',
    path: '/portfolio/order_groups/:group',
    answer: (call) => stop(call, (group) => call.venue.groups.delete(group)),
  },
  {
    ...write,
    method: 'PUT',
    path: '/portfolio/order_groups/:group/trigger',
    answer: (call) => stop(call, (group) => call.venue.groups.trigger(group)),
  },
  {
    ...write,
    method: 'PUT',
    path: '/portfolio/order_groups/:group/reset',
    answer: (call) => {
      call.venue.groups.reset(routed(call));
      return ok({});
    },
  },
  {
    ...write,
    method: 'PUT',
    path: '/portfolio/order_groups/:group/limit',
    answer: (call) => {
      routed(call).limit = limitIn(readBody(call.text, groupLimitBody));
      return ok({});
    },
  },
];

function create({ venue, account, text }: Call): Answer {
  const asked = readBody(text, createGroupBody);
  const shard = Math.max(0, asked.exchange_index ?? 0);
  const group = venue.groups.create(venue.floor.nextId(), account, shard, limitIn(asked));
  return { status: 201, body: { order_group_id: group.id, subaccount: 0, exchange_index: shard } };
}

function limitIn(asked: {
  readonly contracts_limit?: number | undefined;
  readonly contracts_limit_fp?: string | null | undefined;
}): Contracts {
  if (asked.contracts_limit !== undefined) return (asked.contracts_limit * 100) as Contracts;
  if (asked.contracts_limit_fp === undefined || asked.contracts_limit_fp === null) throw invalid('contracts_limit is required');
  return readCount(asked.contracts_limit_fp);
}

function groupOf({ venue, account, params }: Call): OrderGroup {
  return venue.groups.get(account, params.group ?? '');
}

/** Writes go to shard 0 unless they say another. */
function routed(call: Call): OrderGroup {
  const group = groupOf(call);
  if (group.shard !== (integerOf(call.query, 'exchange_index') ?? 0))
    throw new Refusal(404, 'order_group_not_found', 'order group not found');
  return group;
}

function stop(call: Call, act: (group: OrderGroup) => readonly Order[]): Answer {
  for (const order of act(routed(call))) call.venue.floor.cancel(order, '', call.now);
  return ok({});
}

function listed(group: OrderGroup) {
  return { id: group.id, contracts_limit_fp: count(group.limit), is_auto_cancel_enabled: true, exchange_index: group.shard };
}

function oneGroup(group: OrderGroup) {
  const { id: _, ...facts } = listed(group);
  return { ...facts, orders: restingOf(group).map(({ id }) => id) };
}
