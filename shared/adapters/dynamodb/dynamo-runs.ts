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

  async claim(job: string, tick: string, now: Millis, staleAfter: number): Promise<boolean> {
    const free = 'attribute_not_exists(#v) OR (attribute_not_exists(#endedAt) AND #startedAt < :stale)';
    const item = { job, tick, startedAt: now, expiresAt: expiryOf(now) };
    const refused = await this.#table.commit([{ put: at.run(job, tick), item, when: expression(free, { stale: now - staleAfter }) }]);
    return refused === undefined;
  }

  /** Not a transaction, at half the price: sent again after a lost answer it meets itself and is refused, which changes nothing. */
  async finish(run: Run): Promise<boolean> {
    const item = { ...run, expiresAt: expiryOf(run.startedAt) };
    const names = Object.keys(item);
    const set = expression(names.map((name) => `#${name} = :${name}`).join(', '), item);
    const mine = 'attribute_not_exists(#v) OR (attribute_not_exists(#endedAt) AND #startedAt = :startedAt)';
    return (await this.#table.update(at.run(run.job, run.tick), set, expression(mine, { startedAt: run.startedAt }))) !== undefined;
  }

  async recent(job: string, limit: number): Promise<readonly Run[]> {
    const runs: Run[] = [];
    for await (const item of this.#table.query(runsOf(job), { newestFirst: true, page: limit, lagging: true })) {
      if (runs.push(runIn(item)) >= limit) break;
    }
    return runs;
  }
}

function expiryOf(startedAt: Millis): number {
  return Math.ceil(startedAt / 1000) + KEPT_DAYS * 86_400;
}

function runIn(item: Attributes): Run {
  const { pk: _pk, sk: _sk, v: _v, expiresAt: _expiresAt, ...run } = item;
  return run as unknown as Run;
}
