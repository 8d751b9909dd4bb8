import type { GeneratedKey } from '../exchange/generate-key.ts';
import { seededChance } from './chance.ts';
import { Crew } from './crew.ts';
import { finale, recovered } from './finale.ts';
import { Hand } from './hand.ts';
import { recordPast } from './recorded-past.ts';
import { MINUTE, openStage } from './stage.ts';
import { Timetable } from './timetable.ts';
import { weatherOf } from './weather.ts';

export interface PlayOptions {
  readonly seed: number;
  readonly key: GeneratedKey;
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
  /** Orders that a person placed on the same account. */
  readonly byHand: number;
  /** Stacks of the crashes: where processes died. */
  readonly stacks: readonly string[];
}

/** This seed of every five hundred is played in a world of more than one page of markets, and of more series than are asked for one by one. */
const WIDE = 2;

/** Plays a day: the functions as they are deployed, on a rough wire and a rough store, dying at any call, twice at once and late. */
export async function play(options: PlayOptions): Promise<Played> {
  const { seed, key, ticks, markets, trace } = options;
  const stage = openStage(seed, key, seed % 500 === WIDE ? Math.max(markets, 1_050) : markets);
  const chance = seededChance(seed);
  const hand = new Hand(stage, chance);
  const crew = new Crew({ stage, chance, trace, hand });
  const timetable = new Timetable({ crew, stage, chance, hand });
  const { violations } = crew.auditor;
  await recordPast(stage);
  // What a book begins with can be cut short too; it begins before anybody trades by hand, as it must.
  crew.rough = chance() < 0.5;
  await timetable.sync(stage.start);
  crew.rough = false;
  await timetable.sync(stage.start + 2 * MINUTE);
  for (const [tick, { faults, calm, cleared }] of weatherOf(seed, ticks, chance).entries()) {
    stage.exchange.faults.set(faults);
    crew.rough = !calm;
    await timetable.quarter(tick);
    stage.exchange.advance();
    crew.auditor.quiet();
    violations.push(...hand.violations);
    if (cleared && violations.length === 0) await recovered(crew, timetable, stage);
    if (violations.length > 0) break;
  }
  if (violations.length === 0) await finale({ crew, timetable, stage, chance });
  const { orders, fills } = stage.exchange.venue.account;
  const { crashes, faults, duplicates, stacks } = crew;
  return {
    seed,
    violations,
    orders: orders.size,
    fills: fills.length,
    crashes,
    faults: Object.fromEntries(faults),
    duplicates,
    byHand: hand.orders.size,
    stacks,
  };
}
