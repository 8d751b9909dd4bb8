import { seededChance } from './chance.ts';
import { Crew } from './crew.ts';
import type { DrillKey } from './drill-key.ts';
import { finale } from './finale.ts';
import { recordPast } from './recorded-past.ts';
import { openStage } from './stage.ts';
import { Timetable } from './timetable.ts';

export interface PlayOptions extends DrillKey {
  readonly seed: number;
  readonly ticks: number;
  readonly markets: number;
  /** Told every call in its order. */
  readonly trace?: (line: string) => void;
}

/** What a seed came to. */
export interface Played {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly orders: number;
  readonly fills: number;
  readonly crashes: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly duplicates: number;
  /** Stacks of the crashes: where processes died. */
  readonly stacks: readonly string[];
}

/** What can go wrong on the wire, one mixture a seed. */
const mixtures = [
  'lossy',
  'timeout-after:0.1+error-after:0.1',
  'dropped:0.1+late-reads:0.2',
  'lossy+late-reads:0.15+storm-429:0.05',
  'lossy+outage:0.1+shard-down:0.1',
  'tick-change:0.2+half-body:0.02+clock-skew:0.1',
  'chaos',
] as const;

const CALM_TICKS = 4;

/** Plays a day: the functions as they are deployed, on a rough wire and a rough store, dying at any call, twice at once and late. */
export async function play(options: PlayOptions): Promise<Played> {
  const { seed, key, keyPath, ticks, markets, trace } = options;
  const stage = openStage(seed, key, markets);
  const chance = seededChance(seed);
  const crew = new Crew({ stage, chance, keyPath, trace });
  const timetable = new Timetable(crew, stage, chance);
  await recordPast(stage);
  await timetable.sync(stage.start);
  for (let tick = 0; tick < ticks; tick++) {
    const calm = tick >= ticks - CALM_TICKS;
    stage.exchange.faults.set(calm ? 'none' : (mixtures[seed % mixtures.length] ?? 'none'));
    crew.rough = !calm;
    await timetable.quarter(tick);
    stage.exchange.advance();
    crew.auditor.quiet();
    if (crew.auditor.violations.length > 0) break;
  }
  if (crew.auditor.violations.length === 0) await finale({ crew, timetable, stage, chance });
  const { orders, fills } = stage.exchange.venue.account;
  const { crashes, faults, duplicates, auditor, stacks } = crew;
  return {
    seed,
    violations: auditor.violations,
    orders: orders.size,
    fills: fills.length,
    crashes,
    faults: Object.fromEntries(faults),
    duplicates,
    stacks,
  };
}
