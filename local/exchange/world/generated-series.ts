import type { Millis } from '../../../shared/domain/money.ts';
import { mix, pick, share } from './chance.ts';
import { properName } from './event-facts.ts';
import { spansOf } from './outcome-shape.ts';
import { eventNumbers, eventTimes, eventWord, planSeries, type SeriesPlan } from './schedule.ts';
import { combos, type SeriesKind, seriesKinds } from './series-kinds.ts';
import type { SeriesFacts } from './world.ts';

export interface GeneratedSeries {
  readonly plan: SeriesPlan;
  readonly facts: SeriesFacts;
}

/**
 * As many series as it takes to have exactly `markets` markets open at `start`, not counting combos, in the shares of the kinds.
 * One event that never closes early fills what is left over.
 */
export function generateSeries(seed: number, markets: number, start: Millis): readonly GeneratedSeries[] {
  const plans: SeriesPlan[] = markets > 0 ? [planSeries(combos, 0, seed, start)] : [];
  const counts = new Map<SeriesKind, number>(seriesKinds.map((kind) => [kind, 0]));
  let left = markets;
  for (let next = nextPlan(); left > 0 && next; next = nextPlan()) {
    counts.set(next.plan.kind, (counts.get(next.plan.kind) ?? 0) + Math.max(next.open, 1));
    plans.push(next.plan);
    left -= next.open;
  }
  return [...plans, ...fillers(left, plans.length, seed, start)].map((plan) => ({ plan, facts: seriesFacts(plan, start) }));

  /** Of the kind furthest behind its share that still fits. */
  function nextPlan() {
    const filled = (kind: SeriesKind) => (counts.get(kind) ?? 0) / kind.weight;
    const made = (kind: SeriesKind) => plans.filter((plan) => plan.kind === kind).length;
    return seriesKinds
      .filter((kind) => kind.most === undefined || made(kind) < kind.most)
      .toSorted((a, b) => filled(a) - filled(b))
      .map((kind) => planSeries(kind, plans.length, seed, start))
      .map((plan) => ({ plan, open: openMarkets(plan, start) }))
      .find(({ open }) => open <= left);
  }
}

function openMarkets(plan: SeriesPlan, at: Millis): number {
  const [first, last] = eventNumbers(plan, { createdTo: at, settledFrom: at });
  let open = 0;
  for (let number = first; number <= last; number++) {
    const times = eventTimes(plan, number);
    const paused = times.pause !== undefined && at >= times.pause.from && at < times.pause.to;
    if (times.openAt <= at && at < times.endsAt && !paused) open += spansOf(plan, eventWord(plan, number)).length;
  }
  return open;
}

const names = seriesKinds.find(({ form }) => form === 'names') as SeriesKind;

function fillers(markets: number, index: number, seed: number, start: Millis): readonly SeriesPlan[] {
  const sizes = Array.from({ length: Math.ceil(markets / 6) }, (_, place) => Math.min(6, markets - place * 6));
  return sizes.map((size, place) => ({
    ...planSeries(names, index + place, seed, start),
    epoch: start - names.life / 4,
    markets: [size, size],
    filler: true,
  }));
}

function seriesFacts(plan: SeriesPlan, start: Millis): SeriesFacts {
  const { kind, word, index } = plan;
  const combo = kind === combos;
  const maker = share(mix(word, 30)) < kind.makerFees;
  const feeType = combo ? 'quadratic_with_combo_maker_fees' : maker ? 'quadratic_with_maker_fees' : 'quadratic';
  const feeMultiplier = share(mix(word, 31)) < 0.01 ? 0.5 : 1;
  const changes = share(mix(word, 32)) < 0.02;
  const category = pick(
    mix(word, 33),
    kind.categories.map((name) => [name, 1] as const),
  );
  return {
    ticker: combo ? 'KXMVESPORTSMULTI' : `KX${kind.name.toUpperCase()}${letters(index)}`,
    title: `${properName(mix(word, 34))} ${combo ? 'multi-leg' : kind.name}`,
    category,
    frequency: kind.frequency,
    tags: [kind.name],
    feeType,
    feeMultiplier,
    feeChanges: changes ? [{ at: start + 5 * 86_400_000, feeType: 'quadratic_with_maker_fees', feeMultiplier: 1 }] : [],
    shard: kind.shard,
    combo,
  };
}

function letters(index: number): string {
  const low = String.fromCharCode(65 + (index % 26));
  return index < 26 ? low : letters(Math.floor(index / 26) - 1) + low;
}
