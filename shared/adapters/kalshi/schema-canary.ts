/** What the exchange sent that its documentation does not say, or did not send though it does. */
export type Oddity = 'missing' | 'unknown' | 'refused';

export interface Sighting {
  readonly oddity: Oddity;
  /** Where, like `GetFills.fills.fee_cost`; for a refused value with the value behind it. */
  readonly field: string;
  readonly count: number;
}

/** Enough names for a report; a flood of made-up ones must not fill memory. */
const MAX_FIELDS = 1000;

/** Counts surprises in the shape of answers, so that a report can show and an alert can tell them before they hurt. */
export class SchemaCanary {
  readonly #counts = new Map<string, number>();

  see(oddity: Oddity, field: string): void {
    const key = `${oddity} ${field}`;
    const seen = this.#counts.get(key);
    if (seen !== undefined || this.#counts.size < MAX_FIELDS) this.#counts.set(key, (seen ?? 0) + 1);
  }

  /** Most frequent first. */
  sightings(): readonly Sighting[] {
    return [...this.#counts]
      .map(([key, count]) => {
        const space = key.indexOf(' ');
        return { oddity: key.slice(0, space) as Oddity, field: key.slice(space + 1), count };
      })
      .toSorted((a, b) => b.count - a.count || a.field.localeCompare(b.field));
  }
}
