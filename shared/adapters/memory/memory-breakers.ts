import type { Book } from '../../domain/book.ts';
import type { Breaker } from '../../domain/breaker.ts';
import { untouchedBreaker } from '../../domain/breaker.ts';
import type { BreakerStore } from '../../ports/store.ts';

export class MemoryBreakers implements BreakerStore {
  readonly #byBook = new Map<Book, Breaker>();

  /** What a transaction sees. */
  current(book: Book): Breaker {
    return this.#byBook.get(book) ?? untouchedBreaker;
  }

  async read(book: Book): Promise<Breaker> {
    return this.current(book);
  }

  async write(book: Book, next: Breaker, expected: number): Promise<boolean> {
    if (this.current(book).version !== expected) return false;
    this.#byBook.set(book, { ...next, version: expected + 1 });
    return true;
  }
}
