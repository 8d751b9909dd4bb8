import type { Book } from '../domain/book.ts';
import type { Contracts } from '../domain/money.ts';
import type { Approved } from '../domain/order.ts';
import { strategyNames } from '../domain/strategies/names.ts';
import type { Broker } from '../ports/broker.ts';
import { ExchangeError } from '../ports/exchange-error.ts';
import type { RecordStore } from '../ports/store.ts';

/** The order group of a strategy in a shard, as kept: the exchange names groups by ids of its own. */
interface KeptGroup {
  readonly id: string;
  readonly shard: number;
  readonly limit: Contracts;
  /** It must be reset before it takes orders again. */
  readonly closed: boolean;
}

export interface GroupsIo {
  readonly records: RecordStore;
  readonly broker: Pick<Broker, 'groups'>;
}

const KIND = 'order-group';

/**
 * Opens what is missing of the groups of every strategy in these shards, ahead of the orders that go under them. Stops at the
 * first that the exchange does not open: the next sync goes on from there.
 */
export async function openGroups(
  { records, broker: { groups } }: GroupsIo,
  book: Book,
  shards: Iterable<number>,
  limit: Contracts | undefined,
): Promise<void> {
  if ('none' in groups || limit === undefined) return;
  const kept = new Map((await groupsOf(records, book)).map(({ key, body }) => [key, body]));
  for (const shard of shards) {
    for (const name of strategyNames) {
      const key = keyOf(book, name, shard);
      const before = kept.get(key);
      if (before?.limit === limit) continue;
      const id = await reached(() => groups.open(shard, limit));
      if (id === undefined) return;
      await records.swap(KIND, key, before, { id, shard, limit, closed: false } satisfies KeptGroup);
    }
  }
}

/**
 * The group that an entry goes under, reset first when a halt closed it. Undefined where there is none, or the exchange does
 * not reset it now: it is a belt, and what holds an order back is the gate.
 */
export async function groupFor({ records, broker: { groups } }: GroupsIo, order: Approved): Promise<string | undefined> {
  if ('none' in groups || order.purpose === 'exit' || order.shard === undefined) return undefined;
  const key = keyOf(order.book, order.strategy, order.shard);
  const kept = (await records.get(KIND, key)) as KeptGroup | undefined;
  if (!kept?.closed) return kept?.id;
  return reached(async () => {
    await groups.reset(kept.id, kept.shard);
    await records.swap(KIND, key, kept, { ...kept, closed: false } satisfies KeptGroup);
    return kept.id;
  });
}

/**
 * Cancels every order of the book's groups, and keeps the exchange from taking those that are still on their way to it.
 * Returns how many groups it reached: each order is cancelled by itself besides.
 */
export async function closeGroups({ records, broker }: GroupsIo, book: Book): Promise<number> {
  const { groups } = broker;
  if ('none' in groups) return 0;
  let reachedGroups = 0;
  for (const { key, body } of await groupsOf(records, book)) {
    await records.put(KIND, key, { ...body, closed: true } satisfies KeptGroup);
    if ((await reached(() => groups.trigger(body.id, body.shard).then(() => true))) === true) reachedGroups += 1;
  }
  return reachedGroups;
}

/** A person goes on: whatever closed the groups, a halt or their own limit, the next entry resets its group. */
export async function letGroupsReset({ records }: Pick<GroupsIo, 'records'>, book: Book): Promise<void> {
  for (const { key, body } of await groupsOf(records, book)) await records.put(KIND, key, { ...body, closed: true } satisfies KeptGroup);
}

/** The exchange knows the group no more: the next sync opens another. */
export async function forgetGroup({ records }: Pick<GroupsIo, 'records'>, { book, strategy, shard }: Approved): Promise<void> {
  if (shard !== undefined) await records.remove(KIND, keyOf(book, strategy, shard));
}

/** What the exchange says of an order whose group it does not know. */
export const GROUP_GONE = 'order_group_not_found';

async function groupsOf(records: RecordStore, book: Book): Promise<readonly { readonly key: string; readonly body: KeptGroup }[]> {
  const found = await records.list(KIND, { from: `${book}|`, to: `${book}|~` });
  return found as readonly { readonly key: string; readonly body: KeptGroup }[];
}

/** Undefined when the exchange does not do it. */
async function reached<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ExchangeError) return undefined;
    throw error;
  }
}

function keyOf(book: Book, strategy: string, shard: number): string {
  return `${book}|${strategy}|${shard}`;
}
