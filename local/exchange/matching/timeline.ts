import type { Millis } from '../../../shared/domain/money.ts';

const KEPT: Millis = 600_000;

/** A value and what it was: reads of user data lag behind what happened. Forgets what is older than ten minutes but the last of it. */
export class Timeline<T> {
  #versions: { readonly at: Millis; readonly value: T }[] = [];

  record(at: Millis, value: T): void {
    const recent = this.#versions.filter((version, index, all) => (all[index + 1]?.at ?? at) > at - KEPT && version.at < at);
    this.#versions = [...recent, { at, value }];
  }

  /** The value at `at`; undefined before the first. */
  asOf(at: Millis): T | undefined {
    return this.#versions.findLast((version) => version.at <= at)?.value;
  }

  get latest(): T | undefined {
    return this.#versions.at(-1)?.value;
  }
}
