import type { Claim } from './score.ts';

/** Forecasts of about the same probability, and how often they came true. */
export interface CalibrationBin {
  readonly count: number;
  readonly claimed: number;
  readonly happened: number;
}

/**
 * Brier = reliability − resolution + uncertainty + within, exactly: the last is what bins of unequal forecasts leave
 * over. Source: Murphy (1973); Stephenson, Coelho and Jolliffe (2008).
 */
export interface Murphy {
  readonly reliability: number;
  readonly resolution: number;
  readonly uncertainty: number;
  readonly within: number;
}

const BINS = 10;

type Row = Pick<Claim, 'event' | 'claim' | 'yes'>;

/** At most 10 bins of equally many forecasts, lowest first; equal forecasts stay together. */
export function equalMassBins(rows: readonly Row[]): readonly CalibrationBin[] {
  return grouped(rows).map((group) => ({
    count: group.length,
    claimed: mean(group.map(({ claim }) => claim)),
    happened: mean(group.map(({ yes }) => yes)),
  }));
}

export function murphy(rows: readonly Row[]): Murphy {
  const base = mean(rows.map(({ yes }) => yes));
  const sums = { reliability: 0, resolution: 0, within: 0 };
  for (const group of grouped(rows)) {
    const claimed = mean(group.map(({ claim }) => claim));
    const happened = mean(group.map(({ yes }) => yes));
    sums.reliability += group.length * (claimed - happened) ** 2;
    sums.resolution += group.length * (happened - base) ** 2;
    for (const { claim, yes } of group) sums.within += (claim - claimed) ** 2 - 2 * (claim - claimed) * (yes - happened);
  }
  const { reliability, resolution, within } = sums;
  const share = (sum: number) => sum / rows.length;
  return { reliability: share(reliability), resolution: share(resolution), uncertainty: base * (1 - base), within: share(within) };
}

/** Expected calibration error over equal-mass bins, with a 95 % interval from resampling whole events. */
export function calibrationError(rows: readonly Row[], random: () => number, resamples: number) {
  const value = error(rows);
  const events = [...Map.groupBy(rows, ({ event }) => event).values()];
  const draws = Array.from({ length: resamples }, () =>
    error(events.flatMap(() => events[Math.min(events.length - 1, Math.floor(random() * events.length))] ?? [])),
  ).sort((a, b) => a - b);
  const at = (share: number) => draws[Math.min(draws.length - 1, Math.floor(share * draws.length))] ?? value;
  return { value, low: at(0.025), high: at(0.975) };
}

function error(rows: readonly Row[]): number {
  const total = equalMassBins(rows).reduce((sum, { count, claimed, happened }) => sum + count * Math.abs(claimed - happened), 0);
  return total / rows.length;
}

function grouped(rows: readonly Row[]): readonly (readonly Row[])[] {
  const sorted = rows.toSorted((a, b) => a.claim - b.claim);
  const groups: Row[][] = [];
  for (const [index, row] of sorted.entries()) {
    const bin = Math.floor((index * BINS) / sorted.length);
    const last = groups.at(-1);
    const startsNew = last === undefined || (Math.floor(((index - 1) * BINS) / sorted.length) !== bin && last.at(-1)?.claim !== row.claim);
    if (startsNew) groups.push([row]);
    else last.push(row);
  }
  return groups;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
