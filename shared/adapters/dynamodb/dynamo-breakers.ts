import type { Book } from '../../domain/book.ts';
import type { Breaker } from '../../domain/breaker.ts';
import { untouchedBreaker } from '../../domain/breaker.ts';
import type { BreakerStore } from '../../ports/store.ts';
import { expression } from './expression.ts';
import { at } from './keys.ts';
import type { Table } from './table.ts';

export class DynamoBreakers implements BreakerStore {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async read(book: Book): Promise<Breaker> {
    const item = await this.#table.get(at.breaker(book));
    if (!item) return untouchedBreaker;
    const { pk: _pk, sk: _sk, v: _v, ...breaker } = item;
    return breaker as unknown as Breaker;
  }

  async write(book: Book, next: Breaker, expected: number): Promise<boolean> {
    const unmoved = expected === 0 ? expression('attribute_not_exists(#v)') : expression('#version = :expected', { expected });
    const refused = await this.#table.commit([{ put: at.breaker(book), item: { ...next, version: expected + 1 }, when: unmoved }]);
    return refused === undefined;
  }
}
