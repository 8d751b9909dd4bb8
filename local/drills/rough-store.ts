import type { Store } from '../../shared/ports/store.ts';
import { StoreFailure } from '../../shared/ports/store.ts';
import type { Process, Turns } from './turns.ts';

/** Hears what a store was asked and what it did, whether or not the asker lives to hear it. */
export type StoreListener = (name: string, args: readonly unknown[], answer: unknown) => void;

export interface Rough {
  readonly turns: Turns;
  readonly process: Process;
  readonly listener: StoreListener;
  /** Whether this call fails, and how: before anything happened, or after. */
  fault(): 'before' | 'after' | undefined;
}

type Method = (...args: unknown[]) => unknown;

/** A store as one process sees it: every call is a turn, may fail, and may be the last. Streams pass as they are. */
export function roughStore(store: Store, rough: Rough): Store {
  const entries = Object.entries(store).map(([part, target]) => [part, roughPart(part, target as object, rough)]);
  return Object.fromEntries(entries) as unknown as Store;
}

function roughPart(part: string, target: object, { turns, process, listener, fault }: Rough): object {
  return new Proxy(target, {
    get: (from, key) => {
      const method: unknown = Reflect.get(from, key);
      if (typeof method !== 'function') return method;
      const name = `${part}.${String(key)}`;
      if (name === 'ledger.entries' || name === 'journal.read') return method.bind(from);
      return (...args: unknown[]) =>
        turns.call(process, name, async () => {
          const failing = fault();
          if (failing === 'before') throw new StoreFailure(`${name}: refused. Fix: nothing, it is a drill`, 'not-sent');
          const answer: unknown = await (method as Method).apply(from, args);
          listener(name, args, answer);
          if (failing === 'after') throw new StoreFailure(`${name}: answer lost. Fix: nothing, it is a drill`, 'unknown');
          return answer;
        });
    },
  });
}
