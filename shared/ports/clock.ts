import type { Millis } from '../domain/money.ts';

/** Time as a value. Jobs take it from here and nowhere else. */
export interface Clock {
  now(): Millis;
  sleep(ms: number): Promise<void>;
}
