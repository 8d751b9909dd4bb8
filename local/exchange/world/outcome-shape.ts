import { between, mix, share, whole } from './chance.ts';
import { normalQuantile, normalShare } from './gaussian.ts';
import type { Knowledge } from './information.ts';
import type { SeriesPlan } from './schedule.ts';

/** A market pays when the path of news ends between `low` and `high`; within `tie` of a finite border it pays one half. */
export interface Span {
  readonly low: number;
  readonly high: number;
  readonly tie: number;
}

const STRAIGHT = 0;

/** Spans of an event's markets. Buckets and names are cut side by side, so at most one pays; a ladder's are nested. */
export function spansOf(plan: SeriesPlan, word: number): readonly Span[] {
  const count = whole(mix(word, 10), ...plan.markets);
  switch (plan.kind.form) {
    case 'ladder':
      return ladderSpans(count, word);
    case 'game': {
      const border = between(mix(word, 11), -1, 1);
      const tie = share(mix(word, 12)) < 0.2 ? 0.03 : STRAIGHT;
      return [upwards(border, tie), { low: Number.NEGATIVE_INFINITY, high: border, tie }];
    }
    case 'single':
      return [upwards(between(mix(word, 11), -0.2, 0.2), STRAIGHT)];
    case 'buckets':
      return cut(count, (index) => 0.5 + 2 * share(mix(word, 20 + index)));
    case 'names':
      return cut(count, (index) => share(mix(word, 20 + index)) ** 4 + 0.002);
  }
}

/** What YES is worth, in dollars, with what is known: a martingale that ends at what the market pays. */
export function fairValue({ low, high, tie }: Span, { path, known }: Knowledge): number {
  if (tie === STRAIGHT) return insideShare(low, high, path, known);
  return (insideShare(low - tie, high + tie, path, known) + insideShare(low + tie, high - tie, path, known)) / 2;
}

function insideShare(low: number, high: number, path: number, known: number): number {
  if (known >= 1) return path > low && path <= high ? 1 : 0;
  const left = Math.sqrt(1 - known);
  return normalShare((high - path) / left) - normalShare((low - path) / left);
}

function ladderSpans(count: number, word: number): readonly Span[] {
  const centre = between(mix(word, 11), -0.6, 0.6);
  const step = 4 / count;
  return Array.from({ length: count }, (_, index) => upwards(centre + (index - (count - 1) / 2) * step, STRAIGHT));
}

function cut(count: number, weight: (index: number) => number): readonly Span[] {
  const weights = Array.from({ length: count }, (_, index) => weight(index));
  const total = weights.reduce((sum, part) => sum + part, 0);
  let [sum, low] = [0, Number.NEGATIVE_INFINITY];
  return weights.map((part, index) => {
    sum += part;
    const high = index === count - 1 ? Number.POSITIVE_INFINITY : normalQuantile(sum / total);
    const span = { low, high, tie: STRAIGHT };
    low = high;
    return span;
  });
}

function upwards(low: number, tie: number): Span {
  return { low, high: Number.POSITIVE_INFINITY, tie };
}
