import type { Millis } from '../../../shared/domain/money.ts';
import { between, mix, share } from './chance.ts';
import type { SeriesKind } from './series-kinds.ts';
import type { EventRange, MarketTimes } from './world.ts';

/** A generated series before it has words: its kind, its chance, when its events come and how many markets each has. */
export interface SeriesPlan {
  readonly kind: SeriesKind;
  readonly index: number;
  readonly word: number;
  /** When event 0 opens. */
  readonly epoch: Millis;
  /** Markets of an event. */
  readonly markets: readonly [number, number];
  /** One event for good, open from the beginning: fills a world up to its size. */
  readonly filler: boolean;
}

export function planSeries(kind: SeriesKind, index: number, seed: number, start: Millis): SeriesPlan {
  const word = mix(mix(seed, 1), index);
  const slot = Math.min(kind.period, 900_000);
  const phase = Math.floor((share(mix(word, 1)) * kind.period) / slot) * slot;
  return { kind, index, word, epoch: Math.floor(start / slot) * slot - phase, markets: kind.markets, filler: false };
}

/** Numbers of the events that may lie in the range, first to last; the caller still looks at each one's times. */
export function eventNumbers(plan: SeriesPlan, range: EventRange): readonly [number, number] {
  if (plan.filler) return [0, 0];
  const { kind, epoch } = plan;
  // Determined one and a half times as late as usual, then contested.
  const longest = kind.life + 1.5 * (kind.determines + kind.timer) + CONTESTED;
  const opensFrom = Math.max(range.settledFrom - longest, (range.createdFrom ?? Number.NEGATIVE_INFINITY) + kind.ahead);
  const opensTo = range.createdTo + kind.ahead + 3_600_000;
  return [Math.floor((opensFrom - epoch) / kind.period), Math.ceil((opensTo - epoch) / kind.period)];
}

export function eventWord(plan: SeriesPlan, number: number): number {
  return mix(mix(plan.word, 2), number);
}

/** Every listing of events asks for the times of many that it then leaves out. */
const known = new WeakMap<SeriesPlan, Map<number, MarketTimes>>();
const REMEMBERED = 5_000;

export function eventTimes(plan: SeriesPlan, number: number): MarketTimes {
  const times = known.get(plan) ?? new Map<number, MarketTimes>();
  if (times.size > REMEMBERED) times.clear();
  known.set(plan, times);
  const found = times.get(number) ?? timesOf(plan, number);
  times.set(number, found);
  return found;
}

function timesOf(plan: SeriesPlan, number: number): MarketTimes {
  const { kind, epoch } = plan;
  const word = eventWord(plan, number);
  const openAt = epoch + number * kind.period;
  const closeAt = openAt + kind.life;
  const endsAt = openAt + Math.floor(kind.life * lifeShare(plan, mix(word, 3)));
  const determinedAt = endsAt + Math.floor(between(mix(word, 4), 0.5, 1.5) * kind.determines);
  const times = {
    createdAt: openAt - kind.ahead - Math.floor(between(mix(word, 5), 0, 3_600_000)),
    openAt,
    closeAt,
    endsAt,
    determinedAt,
    settledAt: determinedAt + kind.timer,
    ...pauseOf(openAt, endsAt, mix(word, 6)),
  };
  return share(mix(word, 7)) < 0.01 ? contested(times, kind.timer) : times;
}

/** How much of the scheduled life is traded. Games end days before their scheduled close, elections when they are decided. */
function lifeShare({ kind, filler }: SeriesPlan, word: number): number {
  if (filler || kind.closesEarly === 'never') return 1;
  if (kind.closesEarly === 'always') return between(word, 0.15, 0.25);
  return share(word) < 0.3 ? between(mix(word, 1), 0.5, 1) : 1;
}

function pauseOf(openAt: Millis, endsAt: Millis, word: number): Pick<MarketTimes, 'pause'> | undefined {
  if (endsAt - openAt < 6 * 3_600_000 || share(word) > 0.02) return undefined;
  const from = Math.floor(between(mix(word, 1), openAt, endsAt - 3 * 3_600_000));
  return { pause: { from, to: from + Math.floor(between(mix(word, 2), 600_000, 3_600_000)) } };
}

const CONTESTED: Millis = 6 * 3_600_000;

function contested(times: MarketTimes, timer: Millis): MarketTimes {
  const from = times.determinedAt + Math.floor(timer / 2);
  const amendedAt = from + CONTESTED;
  return { ...times, dispute: { from, amendedAt }, settledAt: amendedAt + timer };
}
