import type { Millis } from '../../domain/money.ts';
import type { Run, RunStore } from '../../ports/store.ts';

export class MemoryRuns implements RunStore {
  readonly #byJob = new Map<string, Map<string, Run>>();

  async claim(job: string, tick: string, now: Millis, staleAfter: number): Promise<boolean> {
    const runs = this.#of(job);
    const known = runs.get(tick);
    if (known && (known.endedAt !== undefined || known.startedAt >= now - staleAfter)) return false;
    runs.set(tick, { job, tick, startedAt: now });
    return true;
  }

  async finish(run: Run): Promise<boolean> {
    const runs = this.#of(run.job);
    const known = runs.get(run.tick);
    if (known && (known.endedAt !== undefined || known.startedAt !== run.startedAt)) return false;
    runs.set(run.tick, run);
    return true;
  }

  async recent(job: string, limit: number): Promise<readonly Run[]> {
    return [...this.#of(job).values()].sort((a, b) => (a.tick < b.tick ? 1 : -1)).slice(0, limit);
  }

  #of(job: string): Map<string, Run> {
    const known = this.#byJob.get(job);
    if (known) return known;
    const fresh = new Map<string, Run>();
    this.#byJob.set(job, fresh);
    return fresh;
  }
}
