import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Millis } from '../../domain/money.ts';
import { InvalidValue } from '../../domain/money.ts';
import type { RecordStore } from '../../ports/store.ts';
import { type Expression, expression } from './expression.ts';
import { recordsOf } from './keys.ts';
import type { Attributes } from './layout.ts';
import { type Pause, race } from './retry.ts';
import type { Key, Table } from './table.ts';

type Expiry = { readonly expiresAt?: Millis };
type Found = { readonly key: string; readonly body: unknown };

/** A record is one item: its body as JSON text, or as a number when it is one, so that it can be added to in place. */
export class DynamoRecords implements RecordStore {
  readonly #state: Table;
  readonly #reports: Table;
  readonly #now: () => Millis;
  readonly #pause: Pause;

  constructor(state: Table, reports: Table, now: () => Millis, pause: Pause) {
    this.#state = state;
    this.#reports = reports;
    this.#now = now;
    this.#pause = pause;
  }

  async put(kind: string, key: string, body: unknown, expiry: Expiry = {}): Promise<void> {
    const { table, at } = this.#place(kind, key);
    await table.put(at, this.#item(kind, body, expiry));
  }

  putNew(kind: string, key: string, body: unknown, expiry: Expiry = {}): Promise<boolean> {
    return this.#putWhen(kind, key, this.#item(kind, body, expiry), this.#absent());
  }

  async swap(kind: string, key: string, expected: unknown, body: unknown): Promise<boolean> {
    const found = await this.#find(kind, key);
    if (canonicalJson(found && bodyIn(found)) !== canonicalJson(expected)) return false;
    if (!found) return this.putNew(kind, key, body);
    const expiry = found.expiresAt === undefined ? {} : { expiresAt: Number(found.expiresAt) * 1000 };
    return this.#putWhen(kind, key, this.#item(kind, body, expiry), expression('#body = :seen', { seen: found.body }));
  }

  async get(kind: string, key: string): Promise<unknown> {
    const found = await this.#find(kind, key);
    return found && bodyIn(found);
  }

  async remove(kind: string, key: string): Promise<void> {
    const { table, at } = this.#place(kind, key);
    await table.remove(at);
  }

  async list(kind: string, options: Parameters<RecordStore['list']>[1] = {}): Promise<readonly Found[]> {
    const { from, to, limit = Number.POSITIVE_INFINITY, newestFirst } = options;
    const { table, at, sort } = this.#place(kind, '');
    const found: Found[] = [];
    for await (const item of table.query(at[0], { from, to, newestFirst, page: options.limit })) {
      if (found.length >= limit) break;
      if (this.#lives(item)) found.push({ key: String(item[sort]), body: bodyIn(item) });
    }
    return found;
  }

  async addWithin(kind: string, key: string, amount: number, ceiling: number): Promise<boolean> {
    if (!Number.isSafeInteger(amount)) throw new InvalidValue(`${kind} ${key}`, amount, 'add a whole number');
    const { table, at } = this.#place(kind, key);
    const step = async () => {
      const refused = await table.commit([{ update: at, ...this.#adding(amount, ceiling) }]);
      if (!refused) return { won: true };
      const met = refused.get(0);
      if (met && !this.#lives(met)) return this.#forget(kind, key, met);
      if (met && typeof met.body !== 'number') throw new InvalidValue(`${kind} ${key}`, bodyIn(met), 'add to a record that is a number');
      return { won: false };
    };
    return race(`adding to ${kind} ${key}`, step, this.#pause);
  }

  #adding(amount: number, ceiling: number): { readonly set: Expression; readonly when: Expression } {
    const room = amount > 0 ? ceiling - amount : Number.MAX_SAFE_INTEGER;
    const set = expression('#body = if_not_exists(#body, :none) + :amount', { none: 0, amount });
    const number = '(attribute_type(#body, :number) AND #body <= :room AND (attribute_not_exists(#expiresAt) OR #expiresAt > :now))';
    const values = { number: 'N', room, now: this.#seconds() };
    return { set, when: expression(room < 0 ? number : `attribute_not_exists(#v) OR ${number}`, values) };
  }

  /** What has expired is in the way until DynamoDB deletes it, which takes days. */
  async #forget(kind: string, key: string, { expiresAt }: Attributes): Promise<undefined> {
    const { table, at } = this.#place(kind, key);
    await table.commit([{ remove: at, when: expression('#expiresAt = :expiresAt', { expiresAt }) }]);
  }

  async #putWhen(kind: string, key: string, item: Attributes, when: Expression): Promise<boolean> {
    const { table, at } = this.#place(kind, key);
    return (await table.commit([{ put: at, item, when }])) === undefined;
  }

  async #find(kind: string, key: string): Promise<Attributes | undefined> {
    const { table, at } = this.#place(kind, key);
    const item = await table.get(at);
    return item && this.#lives(item) ? item : undefined;
  }

  #place(kind: string, key: string): { readonly table: Table; readonly at: Key; readonly sort: 'sk' | 'key' } {
    return kind === 'report'
      ? { table: this.#reports, at: [kind, key], sort: 'key' }
      : { table: this.#state, at: [recordsOf(kind), key], sort: 'sk' };
  }

  /** What a report shows of itself are attributes, too: people read that table in the console. */
  #item(kind: string, body: unknown, { expiresAt }: Expiry): Attributes {
    return {
      ...(kind === 'report' && isFields(body) && isFields(body.shown) ? body.shown : {}),
      body: typeof body === 'number' ? body : JSON.stringify(body),
      ...(expiresAt === undefined ? {} : { expiresAt: Math.ceil(expiresAt / 1000) }),
    };
  }

  #absent(): Expression {
    return expression('attribute_not_exists(#v) OR #expiresAt <= :now', { now: this.#seconds() });
  }

  #lives({ expiresAt }: Attributes): boolean {
    return expiresAt === undefined || Number(expiresAt) > this.#seconds();
  }

  #seconds(): number {
    return this.#now() / 1000;
  }
}

function bodyIn({ body }: Attributes): unknown {
  return typeof body === 'number' ? body : JSON.parse(String(body));
}

function isFields(body: unknown): body is Attributes {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}
