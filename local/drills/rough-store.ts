import type { Lease, Store } from '../../shared/ports/store.ts';
import { StoreFailure } from '../../shared/ports/store.ts';

/** Hears what a store was asked and what it did, whether or not the asker lives to hear it. */
export type StoreListener = (name: string, args: readonly unknown[], answer: unknown) => void;

export interface Rough {
  /** Carries a call out in its turn, or dies at it. */
  turn<T>(where: string, act: () => Promise<T>): Promise<T>;
  readonly listener: StoreListener;
  /** Whether this call fails, and how: before anything happened, or after. */
  fault(): 'before' | 'after' | undefined;
  /** Whether jobs are started twice at once for the same tick, and nothing keeps them from running. */
  unguarded(): boolean;
}

type Method = (...args: unknown[]) => unknown;

/** A store as one process sees it: every call is a turn, may fail, and may be the last. */
export function roughStore(store: Store, rough: Rough): Store {
  const entries = Object.entries(store).map(([part, target]) => [part, roughPart(part, target as object, rough)]);
  return Object.fromEntries(entries) as unknown as Store;
}

function roughPart(part: string, target: object, { turn, listener, fault, unguarded }: Rough): object {
  return new Proxy(target, {
    get: (from, key) => {
      const method: unknown = Reflect.get(from, key);
      if (typeof method !== 'function') return method;
      const name = `${part}.${String(key)}`;
      if (name === 'ledger.entries' || name === 'journal.read') return method.bind(from);
      return (...args: unknown[]) =>
        turn(part === 'records' ? `${name} ${String(args[0])}` : name, async () => {
          const failing = fault();
          if (failing === 'before') throw new StoreFailure(`${name}: refused. Fix: nothing, it is a drill`, 'not-sent');
          const begins = unguarded() ? letThrough(name, args) : undefined;
          const answer: unknown = begins ?? (await (method as Method).apply(from, args));
          listener(name, args, answer);
          if (failing === 'after') throw new StoreFailure(`${name}: answer lost. Fix: nothing, it is a drill`, 'unknown');
          return answer;
        });
    },
  });
}

/** What lets a run begin although another is going or has been: a lease that nobody keeps, a tick that nobody claimed. */
function letThrough(name: string, args: readonly unknown[]): Lease | true | undefined {
  const [job, owner, , until] = args as readonly [string, string, number, number];
  if (name === 'runs.claim') return true;
  return name === 'leases.acquire' && job.startsWith('job:') ? { name: job, owner, token: 0, until } : undefined;
}
