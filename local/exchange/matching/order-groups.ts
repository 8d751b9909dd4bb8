import type { Contracts, Millis } from '../../../shared/domain/money.ts';
import type { Account } from './account.ts';
import type { Order } from './order.ts';
import { Refusal } from './refusal.ts';

const WINDOW: Millis = 15_000;

/** Orders with one limit on contracts matched within 15 seconds. Once it is reached nothing of the group trades until it is reset. */
export interface OrderGroup {
  readonly id: string;
  readonly account: Account;
  readonly shard: number;
  limit: Contracts;
  triggered: boolean;
  matches: { readonly at: Millis; readonly count: number }[];
}

export class OrderGroups {
  readonly #groups = new Map<string, OrderGroup>();

  create(id: string, account: Account, shard: number, limit: Contracts): OrderGroup {
    const group = { id, account, shard, limit, triggered: false, matches: [] };
    this.#groups.set(id, group);
    return group;
  }

  /** A group from before a restart. */
  readmit(group: OrderGroup): void {
    this.#groups.set(group.id, group);
  }

  of(account: Account): readonly OrderGroup[] {
    return [...this.#groups.values()].filter((group) => group.account === account);
  }

  get(account: Account, id: string): OrderGroup {
    const group = this.#groups.get(id);
    if (group?.account !== account) throw new Refusal(404, 'order_group_not_found', 'order group not found');
    return group;
  }

  delete(group: OrderGroup): readonly Order[] {
    this.#groups.delete(group.id);
    return restingOf(group);
  }

  /** Stops the group. Returns the orders to cancel. */
  trigger(group: OrderGroup): readonly Order[] {
    group.triggered = true;
    return restingOf(group);
  }

  reset(group: OrderGroup): void {
    group.triggered = false;
    group.matches = [];
  }

  /** Counts a match. Returns the orders to cancel when it reaches the limit. */
  matched(order: Order, count: Contracts, at: Millis): readonly Order[] {
    const group = order.group === undefined ? undefined : this.#groups.get(order.group);
    if (!group) return [];
    group.matches = [...group.matches.filter((match) => match.at > at - WINDOW), { at, count }];
    const matched = group.matches.reduce((total, match) => total + match.count, 0);
    return matched >= group.limit ? this.trigger(group) : [];
  }
}

/** A group's orders that still rest. */
export function restingOf(group: OrderGroup): readonly Order[] {
  return group.account.resting().filter((order) => order.group === group.id);
}
