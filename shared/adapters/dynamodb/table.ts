import { randomUUID } from 'node:crypto';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { type Expression, expression, vocabulary } from './expression.ts';
import { NothingProcessed } from './fault.ts';
import { type Attributes, inLayout, settingLayout, withLayout } from './layout.ts';
import { type Refusals, refusalsIn } from './refusals.ts';
import { type Pause, persist } from './retry.ts';

/** Partition and sort value; of a table, the names of these attributes. */
export type Key = readonly [partition: string, sort: string];

/** One part of a transaction. */
export type Write =
  | { readonly put: Key; readonly item: Attributes; readonly when?: Expression }
  | { readonly update: Key; readonly set: Expression; readonly when?: Expression }
  | { readonly remove: Key; readonly when?: Expression }
  | { readonly check: Key; readonly when: Expression };

export interface Range {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly newestFirst?: boolean | undefined;
  /** Items to a page; the reader stops when it has enough. */
  readonly page?: number | undefined;
  /** What was written in the last second may be missing, at half the price: for statistics. */
  readonly lagging?: boolean;
}

/** One DynamoDB table. Reads are consistent unless asked otherwise, writes are safe to repeat and repeated; what fails for good is StoreFailure. */
export class Table {
  readonly #client: DynamoDBDocumentClient;
  readonly #name: string;
  readonly #keys: Key;
  readonly #pause: Pause;

  constructor(client: DynamoDBDocumentClient, name: string, keys: Key, pause: Pause) {
    this.#client = client;
    this.#name = name;
    this.#keys = keys;
    this.#pause = pause;
  }

  async get(key: Key): Promise<Attributes | undefined> {
    const command = new GetCommand({ ...this.#at(key), ConsistentRead: true });
    const { Item } = await this.#send('read', key[0], () => this.#client.send(command));
    return Item && inLayout(Item);
  }

  /** Those of the keys that exist, in no order. */
  async getAll(keys: readonly Key[]): Promise<readonly Attributes[]> {
    const found: Attributes[] = [];
    for (let left = keys.map((key) => this.#at(key).Key); left.length > 0; ) {
      const asked = left.slice(0, 100);
      const command = new BatchGetCommand({ RequestItems: { [this.#name]: { Keys: asked, ConsistentRead: true } } });
      const { Responses, UnprocessedKeys } = await this.#send('read', 'a batch', async () => {
        const answer = await this.#client.send(command);
        if (answer.UnprocessedKeys?.[this.#name]?.Keys?.length === asked.length) throw new NothingProcessed();
        return answer;
      });
      found.push(...(Responses?.[this.#name] ?? []).map(inLayout));
      left = [...(UnprocessedKeys?.[this.#name]?.Keys ?? []), ...left.slice(100)];
    }
    return found;
  }

  /** Items of a partition in the order of their sort keys; `from` and `to` are included. */
  async *query(partition: string, { from, to, newestFirst = false, page, lagging = false }: Range = {}): AsyncGenerator<Attributes> {
    if (from !== undefined && to !== undefined && from > to) return;
    const where = this.#range(partition, from, to);
    let start: Record<string, unknown> | undefined;
    do {
      const command = new QueryCommand({
        TableName: this.#name,
        KeyConditionExpression: where.text,
        ...vocabulary(where),
        ScanIndexForward: !newestFirst,
        ConsistentRead: !lagging,
        Limit: page,
        ExclusiveStartKey: start,
      });
      const { Items, LastEvaluatedKey } = await this.#send('read', partition, () => this.#client.send(command));
      for (const item of Items ?? []) yield inLayout(item);
      start = LastEvaluatedKey;
    } while (start !== undefined);
  }

  async put(key: Key, item: Attributes): Promise<void> {
    const command = new PutCommand({ TableName: this.#name, Item: this.#item(key, item) });
    await this.#send('write', key[0], () => this.#client.send(command));
  }

  /** Puts one by one, in no order. */
  async putAll(items: readonly (readonly [Key, Attributes])[]): Promise<void> {
    for (let left = items.map(([key, item]) => ({ PutRequest: { Item: this.#item(key, item) } })); left.length > 0; ) {
      const asked = left.slice(0, 25);
      const command = new BatchWriteCommand({ RequestItems: { [this.#name]: asked } });
      const { UnprocessedItems } = await this.#send('write', 'a batch', async () => {
        const answer = await this.#client.send(command);
        if (answer.UnprocessedItems?.[this.#name]?.length === asked.length) throw new NothingProcessed();
        return answer;
      });
      left = [...((UnprocessedItems?.[this.#name] ?? []) as typeof asked), ...left.slice(25)];
    }
  }

  /** Sets attributes of an item, there or not; what it is then. Undefined when `when` does not hold. */
  async update(key: Key, set: Expression, when?: Expression): Promise<Attributes | undefined> {
    const command = new UpdateCommand({ ...this.#update(key, set, when), ReturnValues: 'ALL_NEW' });
    return this.#send('write', key[0], async () => {
      try {
        return (await this.#client.send(command)).Attributes;
      } catch (error) {
        if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return undefined;
        throw error;
      }
    });
  }

  async remove(key: Key): Promise<void> {
    const command = new DeleteCommand(this.#at(key));
    await this.#send('write', key[0], () => this.#client.send(command));
  }

  /**
   * All of the writes or none; undefined when they happened. Sent again after a conflict or a lost answer it has the same
   * token, so that it happens once.
   */
  async commit(writes: readonly Write[]): Promise<Refusals | undefined> {
    const TransactItems = writes.map((write) => this.#part(write));
    const command = new TransactWriteCommand({ TransactItems, ClientRequestToken: randomUUID() });
    return this.#send('write', `${writes.length} items together`, async () => {
      try {
        await this.#client.send(command);
        return undefined;
      } catch (error) {
        const refused = refusalsIn(error);
        if (refused) return refused;
        throw error;
      }
    });
  }

  #part(write: Write) {
    const met = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
    if ('update' in write) return { Update: { ...this.#update(write.update, write.set, write.when), ...met } };
    const when = { ConditionExpression: write.when?.text, ...vocabulary(write.when) };
    if ('put' in write) return { Put: { TableName: this.#name, Item: this.#item(write.put, write.item), ...when, ...met } };
    if ('remove' in write) return { Delete: { ...this.#at(write.remove), ...when, ...met } };
    return { ConditionCheck: { ...this.#at(write.check), ...when, ...met, ConditionExpression: write.when.text } };
  }

  #update(key: Key, set: Expression, when: Expression | undefined) {
    const stamped = settingLayout(set);
    return { ...this.#at(key), UpdateExpression: stamped.text, ConditionExpression: when?.text, ...vocabulary(stamped, when) };
  }

  #range(partition: string, from: string | undefined, to: string | undefined): Expression {
    const [partitionName, sortName] = this.#keys;
    const names = { partition: partitionName, sort: sortName };
    const here = '#partition = :partition';
    if (from !== undefined && to !== undefined)
      return expression(`${here} AND #sort BETWEEN :from AND :to`, { partition, from, to }, names);
    if (from !== undefined) return expression(`${here} AND #sort >= :from`, { partition, from }, names);
    if (to !== undefined) return expression(`${here} AND #sort <= :to`, { partition, to }, names);
    return expression(here, { partition }, names);
  }

  #at([partition, sort]: Key) {
    const [partitionName, sortName] = this.#keys;
    return { TableName: this.#name, Key: { [partitionName]: partition, [sortName]: sort } };
  }

  #item(key: Key, item: Attributes): Record<string, unknown> {
    return withLayout({ ...item, ...this.#at(key).Key });
  }

  #send<T>(kind: 'read' | 'write', what: string, send: () => Promise<T>): Promise<T> {
    return persist(`${kind === 'read' ? 'reading' : 'writing'} ${what} in ${this.#name}`, kind, send, this.#pause);
  }
}
