import type { Clock } from '../../shared/ports/clock.ts';
import type { FunctionName, FunctionSpec } from '../../shared/system/map.ts';

/** A job that has not ended well for too long: when it was due at the latest, and when it last did. */
export interface Silence {
  readonly job: FunctionName;
  readonly dueAt: number;
  readonly lastRun: number | undefined;
}

const MINUTE = 60_000;
/** A look this much later than the one before comes from a machine that slept: nobody was silent, nobody was there. */
const SLEPT_MINUTES = 120;

/** Notices that jobs fall silent without asking any of them: the alarm of AWS's CloudWatch, on this machine. */
export class DeadMan {
  readonly #clock: Clock;
  readonly #within: ReadonlyMap<FunctionName, number>;
  readonly #endedAt = new Map<FunctionName, number>();
  readonly #told = new Set<FunctionName>();
  #began: number;
  #lookedAt: number;

  /** `leastMs`: no silence is shorter. Where time runs faster, jobs still take the machine's own. */
  constructor(map: Readonly<Record<FunctionName, FunctionSpec>>, clock: Clock, leastMs: number) {
    this.#clock = clock;
    const within = Object.entries(map).map(([name, { aliveWithinMinutes }]) => [name as FunctionName, aliveWithinMinutes] as const);
    this.#within = new Map(
      within.flatMap(([name, minutes]) => (minutes === undefined ? [] : [[name, Math.max(minutes * MINUTE, leastMs)]])),
    );
    this.#began = clock.now();
    this.#lookedAt = this.#began;
  }

  /** A job ended well. */
  ended(job: FunctionName): void {
    this.#endedAt.set(job, this.#clock.now());
    this.#told.delete(job);
  }

  /** Jobs that have fallen silent since the last look; each is told once until it is heard again. */
  look(): readonly Silence[] {
    const now = this.#clock.now();
    if (now - this.#lookedAt > SLEPT_MINUTES * MINUTE) this.#began = now;
    this.#lookedAt = now;
    return [...this.#within].flatMap(([job, within]) => {
      const lastRun = this.#endedAt.get(job);
      const dueAt = Math.max(lastRun ?? this.#began, this.#began) + within;
      if (now < dueAt || this.#told.has(job)) return [];
      this.#told.add(job);
      return [{ job, dueAt, lastRun }];
    });
  }
}
