import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../shared/ports/clock.ts';

/** The machine's own time. */
export const systemClock: Clock = { now: () => Date.now(), sleep: (ms) => setTimeout(ms) };
