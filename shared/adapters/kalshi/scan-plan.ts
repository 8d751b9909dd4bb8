import type { Millis } from '../../domain/money.ts';

/** A span of creation times, [from, to) in ms; the outermost are open. */
export interface Span {
  readonly from: Millis;
  readonly to: Millis;
}

const HOUR: Millis = 3_600_000;
/** Ages at which to cut when nothing better is known: markets are mostly young. */
const ages = [6, 24, 72, 168, 336, 720, 2160].map((hours) => hours * HOUR);

/**
 * Cuts creation time into `ways` spans of about as many markets each, by a sample. A sample in order of creation is one
 * end of the list and says nothing of the rest: then by age.
 */
export function planSpans(created: Float64Array, ways: number, now: Millis): readonly Span[] {
  const sample = created.filter((at) => !Number.isNaN(at));
  const inOrder = isMonotone(sample);
  const sorted = sample.toSorted();
  const borders = inOrder ? ages.map((age) => now - age).toReversed() : quantiles(sorted, ways);
  const cuts = [...new Set(borders.map((border) => Math.floor(border / 1000) * 1000))];
  const ends = [Number.NEGATIVE_INFINITY, ...cuts, Number.POSITIVE_INFINITY];
  return ends.slice(1).map((to, index) => ({ from: ends[index] as Millis, to }));
}

function quantiles(sorted: Float64Array, ways: number): readonly number[] {
  return Array.from({ length: ways - 1 }, (_, index) => sorted[Math.floor(((index + 1) * sorted.length) / ways)] ?? Number.NaN);
}

function isMonotone(values: Float64Array): boolean {
  let ups = 0;
  let downs = 0;
  for (let index = 1; index < values.length; index++) {
    const step = (values[index] ?? 0) - (values[index - 1] ?? 0);
    if (step > 0) ups++;
    else if (step < 0) downs++;
  }
  return ups === 0 || downs === 0;
}
