import type { Millis } from '../../domain/money.ts';
import type { Run, RunStore } from '../../ports/store.ts';
import { expression } from './expression.ts';
import { at, runsOf } from './keys.ts';
import type { Attributes } from './layout.ts';
import type { Table } from './table.ts';

/** A tick delivered later than this is long past its period, and skipped for that. */
const KEPT_DAYS = 90;

export class DynamoRuns implements RunStore {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  claim(job: string, tick: string, now: Millis, staleAfter: number): Promise<boolean> {
    const free = 'attribute_not_exists(#v) OR (attribute_not_exists(#endedAt) AND #startedAt < :stale)';
    return this.#put({ job, tick, startedAt: now }, expression(free, { stale: now - staleAfter }));
  }

  finish(run: Run): Promise<boolean> {
    const mine = 'attribute_not_exists(#v) OR (attribute_not_exists(#endedAt) AND #startedAt = :startedAt)';
    return this.#put(run, expression(mine, { startedAt: run.startedAt }));
  }

  async recent(job: string, limit: number): Promise<readonly Run[]> {
    const runs: Run[] = [];
    for await (const item of this.#table.query(runsOf(job), { newestFirst: true, page: limit })) {
      if (runs.push(runIn(item)) >= limit) break;
    }
    return runs;
  }

  async #put(run: Run, when: ReturnType<typeof expression>): Promise<boolean> {
    const expiresAt = Math.ceil(run.startedAt / 1000) + KEPT_DAYS * 86_400;
    return (await this.#table.commit([{ put: at.run(run.job, run.tick), item: { ...run, expiresAt }, when }])) === undefined;
  }
}

function runIn(item: Attributes): Run {
  const { pk: _pk, sk: _sk, v: _v, expiresAt: _expiresAt, ...run } = item;
  return run as unknown as Run;
}
