import { setTimeout as delay } from 'node:timers/promises';
import { StoreFailure } from '../../ports/store.ts';
import { faultOf, storeFailure } from './fault.ts';

/** Waits before the next attempt, the longer the more there were. */
export type Pause = (attempt: number) => Promise<void>;

const ATTEMPTS = 8;
/** More than there are writers of one item: each race lost is won by another. */
const RACES = 40;

/** Anything up to 25, 50, 100 … 400 ms: 0.8 s together, on average, before giving up. */
export const jitter: Pause = (attempt) => delay(Math.random() * Math.min(400, 25 * 2 ** (attempt - 1)));

/**
 * Sends until it is answered, while what is wrong may pass. What is sent must be safe to send twice. Throws StoreFailure:
 * `unknown` if a write may have happened.
 */
export async function persist<T>(what: string, kind: 'read' | 'write', send: () => Promise<T>, pause: Pause): Promise<T> {
  let harmless = true;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      if (error instanceof StoreFailure) throw error;
      const fault = faultOf(error);
      harmless &&= kind === 'read' || fault.harmless;
      if (!fault.passing || attempt === ATTEMPTS) throw storeFailure(what, error, harmless ? 'not-sent' : 'unknown');
      await pause(attempt);
    }
  }
}

/** Reads, decides and writes again until nobody wrote in between: `step` answers undefined for a race lost. */
export async function race<T>(what: string, step: () => Promise<{ readonly won: T } | undefined>, pause: Pause): Promise<T> {
  for (let attempt = 1; attempt <= RACES; attempt += 1) {
    const done = await step();
    if (done) return done.won;
    await pause(attempt);
  }
  throw new StoreFailure(`${what}: somebody else wrote first, ${RACES} times. Fix: find what keeps writing it`, 'not-sent');
}
