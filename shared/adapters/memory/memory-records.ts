import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Millis } from '../../domain/money.ts';
import { InvalidValue } from '../../domain/money.ts';
import type { RecordStore } from '../../ports/store.ts';

interface Kept {
  readonly body: unknown;
  readonly expiresAt?: Millis;
}

interface Shelf {
  readonly byKey: Map<string, Kept>;
  /** Ascending. */
  readonly keys: string[];
}

export class MemoryRecords implements RecordStore {
  readonly #now: () => Millis;
  readonly #byKind = new Map<string, Shelf>();

  constructor(now: () => Millis) {
    this.#now = now;
  }

  async put(kind: string, key: string, body: unknown, options: { readonly expiresAt?: Millis } = {}): Promise<void> {
    this.#set(kind, key, { body, ...options });
  }

  async putNew(kind: string, key: string, body: unknown, options: { readonly expiresAt?: Millis } = {}): Promise<boolean> {
    if (this.#find(kind, key)) return false;
    this.#set(kind, key, { body, ...options });
    return true;
  }

  async swap(kind: string, key: string, expected: unknown, body: unknown): Promise<boolean> {
    const found = this.#find(kind, key);
    const same = found?.body === expected || canonicalJson(found?.body) === canonicalJson(expected);
    if (!same) return false;
    this.#set(kind, key, { ...found, body });
    return true;
  }

  async get(kind: string, key: string): Promise<unknown> {
    return this.#find(kind, key)?.body;
  }

  async remove(kind: string, key: string): Promise<void> {
    const { byKey, keys } = this.#of(kind);
    if (byKey.delete(key)) keys.splice(firstAtLeast(keys, key), 1);
  }

  async list(kind: string, options: Parameters<RecordStore['list']>[1] = {}) {
    const { from = '', to, limit = Number.POSITIVE_INFINITY, newestFirst = false } = options;
    const { keys } = this.#of(kind);
    const start = firstAtLeast(keys, from);
    const end = to === undefined ? keys.length : firstAtLeast(keys, `${to}\0`);
    const found: { readonly key: string; readonly body: unknown }[] = [];
    for (let step = 0; step < end - start && found.length < limit; step += 1) {
      const key = keys[newestFirst ? end - 1 - step : start + step] ?? '';
      const kept = this.#find(kind, key);
      if (kept) found.push({ key, body: kept.body });
    }
    return found;
  }

  async addWithin(kind: string, key: string, amount: number, ceiling: number): Promise<boolean> {
    if (!Number.isSafeInteger(amount)) throw new InvalidValue(`${kind} ${key}`, amount, 'add a whole number');
    const found = this.#find(kind, key);
    const before = found?.body ?? 0;
    if (typeof before !== 'number') throw new InvalidValue(`${kind} ${key}`, before, 'add to a record that is a number');
    if (amount > 0 && before + amount > ceiling) return false;
    this.#set(kind, key, { ...found, body: before + amount });
    return true;
  }

  #find(kind: string, key: string): Kept | undefined {
    const kept = this.#of(kind).byKey.get(key);
    return kept?.expiresAt !== undefined && Math.ceil(kept.expiresAt / 1000) * 1000 <= this.#now() ? undefined : kept;
  }

  #set(kind: string, key: string, kept: Kept): void {
    const { byKey, keys } = this.#of(kind);
    if (!byKey.has(key)) keys.splice(firstAtLeast(keys, key), 0, key);
    byKey.set(key, kept);
  }

  #of(kind: string): Shelf {
    const known = this.#byKind.get(kind);
    if (known) return known;
    const fresh: Shelf = { byKey: new Map(), keys: [] };
    this.#byKind.set(kind, fresh);
    return fresh;
  }
}

function firstAtLeast(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
