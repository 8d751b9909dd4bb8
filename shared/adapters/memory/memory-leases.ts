import type { Millis } from '../../domain/money.ts';
import type { Lease, LeaseStore } from '../../ports/store.ts';

export class MemoryLeases implements LeaseStore {
  readonly #byName = new Map<string, Lease>();

  async acquire(name: string, owner: string, now: Millis, until: Millis): Promise<Lease | undefined> {
    const held = this.#byName.get(name);
    if (held && held.until > now && held.owner !== owner) return undefined;
    const lease: Lease = { name, owner, token: (held?.token ?? 0) + 1, until };
    this.#byName.set(name, lease);
    return lease;
  }

  /** The token stays, so that the next owner's is greater. */
  async release(lease: Lease): Promise<void> {
    const held = this.#byName.get(lease.name);
    if (held?.token === lease.token) this.#byName.set(lease.name, { ...held, until: 0 });
  }

  /** Whether this very lease is in force. */
  holds(lease: Lease, at: Millis): boolean {
    const held = this.#byName.get(lease.name);
    return held !== undefined && held.token === lease.token && held.owner === lease.owner && held.until > at;
  }
}
