import { setTimeout } from 'node:timers/promises';
import type { Millis } from '../../domain/money.ts';
import { InvalidValue } from '../../domain/money.ts';
import type { Clock } from '../../ports/clock.ts';

/** The machine's own time. */
export const wallClock: Clock = { now: () => Date.now(), sleep: (ms) => setTimeout(ms) };

/** Time that runs `speed` times as fast: it was `start` when the machine's clock showed `from`. */
export interface Pace {
  readonly from: Millis;
  readonly start: Millis;
  readonly speed: number;
}

/** A faster clock that any process can keep, as it depends on nothing but the machine's time. */
export function pacedClock({ from, start, speed }: Pace): Clock {
  return {
    now: () => Math.round(start + (Date.now() - from) * speed),
    sleep: (ms) => setTimeout(ms / speed),
  };
}

export function paceText({ from, start, speed }: Pace): string {
  return `${from},${start},${speed}`;
}

/** What paceText wrote. Throws InvalidValue. */
export function parsePace(text: string): Pace {
  const [from, start, speed, more] = text.split(',').map(Number);
  const whole = (value: number | undefined) => value !== undefined && Number.isSafeInteger(value);
  if (more !== undefined || !whole(from) || !whole(start) || !(speed !== undefined && speed > 0)) {
    throw new InvalidValue('PILOT_CLOCK', text, 'leave it to `npm start`, which sets it for its own functions');
  }
  return { from: from as Millis, start: start as Millis, speed };
}
