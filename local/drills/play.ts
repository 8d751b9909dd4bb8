import type { GeneratedKey } from '../exchange/generate-key.ts';
import { seededChance } from './chance.ts';
import { Crew, type Job } from './crew.ts';
import { finale } from './finale.ts';
import { BOOK, MINUTE, openStage, type Stage } from './stage.ts';

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

/** Plays a day: the same jobs as everywhere, on a rough wire and a rough store, dying at any call, twice at once and late. */
export async function play(options: PlayOptions): Promise<Played> {
  const { seed, key, ticks, markets } = options;
  const stage = openStage(seed, key, markets);
  const chance = seededChance(seed);
  const crew = new Crew(stage, chance, options.trace);
  await crew.open();
  await crew.run('sync', tickAt(stage, 0), [0]);
  for (let tick = 0; tick < ticks; tick++) {
    const calm = tick >= ticks - CALM_TICKS;
    stage.exchange.faults.set(calm ? 'none' : (mixtures[seed % mixtures.length] ?? 'none'));
    crew.rough = !calm;
    await playTick(crew, stage, tick, chance);
    stage.exchange.advance();
    crew.auditor.quiet();
    if (crew.auditor.violations.length > 0) break;
  }
  if (crew.auditor.violations.length === 0) await finale(crew, stage, chance);
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

function tickAt({ start }: Stage, tick: number): number {
  return start + tick * 15 * MINUTE;
}

/** One tick: a sync, a scan, a trade; some twice at once, some late, some again after they died. */
async function playTick(crew: Crew, stage: Stage, tick: number, chance: () => number): Promise<void> {
  const at = tickAt(stage, tick);
  stage.time.moveTo(at);
  await again(crew, 'sync', at, chance() < 0.1 ? [0, 1] : [0], chance);
  await again(crew, 'scan', at, [0], chance);
  await again(crew, 'trade', at, chance() < 0.15 ? [0, 1] : [0], chance);
  if (tick > 0 && chance() < 0.07) await crew.run('trade', tickAt(stage, tick - 1), [1]);
  if (chance() < 0.12) {
    stage.time.moveTo(at + 5 * MINUTE);
    await crew.together([
      ['sync', at + 5 * MINUTE, 0],
      ['trade', at, 1],
    ]);
  }
  if (chance() < 0.05) await crew.byHand(chance);
  const { breaker } = crew.auditor;
  if (breaker !== undefined && breaker.state !== 'active' && breaker.by !== 'breaker' && chance() < 0.7) await crew.resume(BOOK);
  else if (breaker?.state === 'halted' && chance() < 0.5) await crew.resume(BOOK);
}

/** What died is sometimes started again for the same tick, as a retry would. */
async function again(crew: Crew, job: Job, at: number, slots: readonly number[], chance: () => number): Promise<void> {
  const results = await crew.run(job, at, slots);
  if (results.some(({ status }) => status === 'rejected') && chance() < 0.4) await crew.run(job, at, [0]);
}
