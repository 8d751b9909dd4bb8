import type { Millis } from '../money.ts';
import type { GrowthPoint } from './growth.ts';

/** The deepest fall of a growth curve and where it stands now, as shares of the peak before. */
export interface Drawdown {
  readonly max: number;
  /** Of the deepest fall: when it began, was deepest, and was made up for. */
  readonly peakAt: Millis;
  readonly troughAt: Millis;
  readonly recoveredAt?: Millis;
  readonly current: number;
  /** When the highest point so far was reached. */
  readonly highAt: Millis;
}

/** Undefined without a point. */
export function drawdown(points: readonly GrowthPoint[]): Drawdown | undefined {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return undefined;
  let high = first;
  let deepest = { peak: first, trough: first, fall: 0 };
  for (const point of points) {
    if (point.index >= high.index) high = point;
    const fall = 1 - point.index / high.index;
    if (fall > deepest.fall) deepest = { peak: high, trough: point, fall };
  }
  const recovered = points.find(({ at, index }) => at > deepest.trough.at && index >= deepest.peak.index);
  return {
    max: deepest.fall,
    peakAt: deepest.peak.at,
    troughAt: deepest.trough.at,
    ...(recovered && deepest.fall > 0 ? { recoveredAt: recovered.at } : {}),
    current: 1 - last.index / high.index,
    highAt: high.at,
  };
}
