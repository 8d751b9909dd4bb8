import type { Millis } from '../../domain/money.ts';
import type { Lease, LeaseStore } from '../../ports/store.ts';
import { expression } from './expression.ts';
import { at } from './keys.ts';
import type { Table } from './table.ts';

export class DynamoLeases implements LeaseStore {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Sent twice, it gives the same owner a greater token. */
  async acquire(name: string, owner: string, now: Millis, until: Millis): Promise<Lease | undefined> {
    const set = expression('#owner = :owner, #until = :until, #token = if_not_exists(#token, :none) + :one', { until, none: 0, one: 1 });
    const free = expression('attribute_not_exists(#v) OR #until <= :now OR #owner = :owner', { now, owner });
    const item = await this.#table.update(at.lease(name), set, free);
    return item && { name, owner, token: Number(item.token), until };
  }

  /** The token stays, so that the next owner's is greater. */
  async release({ name, token }: Lease): Promise<void> {
    await this.#table.update(at.lease(name), expression('#until = :past', { past: 0 }), expression('#token = :token', { token }));
  }
}
