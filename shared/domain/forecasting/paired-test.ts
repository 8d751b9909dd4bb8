/** One event's forecasts beside the market's of the same moments, and how it ended. */
export interface Pair {
  readonly event: string;
  readonly ours: number;
  readonly market: number;
  readonly yes: boolean;
}

/** What is known about "our log score is better than the market's". */
export interface PairedTest {
  readonly events: number;
  /** Mean log score gained per event, in nats; undefined without events. */
  readonly gain: number | undefined;
  /** Wealth of a gambler who bets on a gain, up to 10^12: 20 or more with probability at most 5 % if there is none, at any time. */
  readonly evidence: number;
  /** The gain is above this with 95 % confidence, whenever one looks; undefined without events. */
  readonly lower: number | undefined;
}

/** Evidence that lets a weight be kept: Ville's inequality at 5 %. */
export const ENOUGH = 20;

const MOST_EVIDENCE = 1e12;
const CLIP = 0.02;
/** Stakes per nat that the gambler spreads the money over. A true blend of the right weight is bet best near 1/2. */
const stakes = [0.05, 0.15, 0.4, 1, 2, 4];
/** Largest part of the money that one event may take. */
const MOST = 0.9;
const WORST_LOG_SCORE = Math.log((1 - CLIP) / CLIP);

/** Mean gains that the gambler bets against, in nats: closer together near 0, where weights are decided. */
const STEPS = 24;
const means = Array.from({ length: 2 * STEPS + 1 }, (_, i) => Math.sign(i - STEPS) * ((i - STEPS) / STEPS) ** 2 * WORST_LOG_SCORE);

/** All that the test needs of events that are over: a few hundred numbers, however many they were. */
export interface TestMemory {
  readonly events: number;
  /** Sum of the gains, in nats. */
  readonly gain: number;
  /** Log of each stake's wealth, by mean bet against. */
  readonly logs: readonly (readonly number[])[];
}

const nothing: TestMemory = { events: 0, gain: 0, logs: means.map(() => stakes.map(() => 0)) };

/**
 * Paired sequential test of log scores, clipped to [.02, .98]: a mixture of betting martingales Π(1 + λ(d − m)), where λ is capped
 * by the worst that this event could bring, which is known before it ends. Forecasts of one event are averaged first. `before` is
 * what was remembered of earlier events. Source: Waudby-Smith and Ramdas (2023); algorithms B22.
 */
export function pairedTest(pairs: readonly Pair[], before?: TestMemory): PairedTest {
  const { events, gain, logs } = remember(pairs, before);
  if (events === 0) return { events: 0, gain: undefined, evidence: 1, lower: undefined };
  const wealth = logs.map(mixture);
  return { events, gain: gain / events, evidence: Math.min(MOST_EVIDENCE, Math.exp(wealth[STEPS] ?? 0)), lower: lowerBound(wealth) };
}

/** The memory with some more events in it; the order they came in does not matter. */
export function remember(pairs: readonly Pair[], before: TestMemory = nothing): TestMemory {
  const added = byEvent(pairs);
  return {
    events: before.events + added.length,
    gain: added.reduce((sum, { gain }) => sum + gain, before.gain),
    logs: means.map((mean, i) => stakes.map((stake, j) => (before.logs[i]?.[j] ?? 0) + logWealth(added, mean, stake))),
  };
}

interface EventGain {
  readonly gain: number;
  /** The least this event could have brought, whichever way it ended. */
  readonly least: number;
}

function byEvent(pairs: readonly Pair[]): readonly EventGain[] {
  const groups = new Map<string, { gain: number; least: number; count: number }>();
  for (const { event, ours, market, yes } of pairs) {
    const ifYes = Math.log(clip(ours) / clip(market));
    const ifNo = Math.log((1 - clip(ours)) / (1 - clip(market)));
    const group = groups.get(event) ?? { gain: 0, least: 0, count: 0 };
    group.gain += yes ? ifYes : ifNo;
    group.least += Math.min(ifYes, ifNo);
    group.count++;
    groups.set(event, group);
  }
  return [...groups.values()].map(({ gain, least, count }) => ({ gain: gain / count, least: least / count }));
}

/** Log of what a stake made of "the mean gain is at most m". */
function logWealth(events: readonly EventGain[], mean: number, stake: number): number {
  let log = 0;
  for (const { gain, least } of events) {
    const worst = least - mean;
    const lambda = worst < 0 ? Math.min(stake, MOST / -worst) : stake;
    log += Math.log1p(lambda * (gain - mean));
  }
  return log;
}

/** Log of the mean wealth of all stakes. */
function mixture(logs: readonly number[]): number {
  const top = Math.max(...logs);
  return top + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - top), 0) / stakes.length);
}

/** Largest mean that the evidence speaks against. A stake's log wealth is concave in it, so a straight line to the next one is below. */
function lowerBound(wealth: readonly number[]): number {
  const enough = Math.log(ENOUGH);
  const index = wealth.findLastIndex((log) => log >= enough);
  const [low, high] = [wealth[index], wealth[index + 1]];
  const mean = means[index] ?? -WORST_LOG_SCORE;
  if (low === undefined || high === undefined) return mean;
  return mean + (((means[index + 1] ?? mean) - mean) * (low - enough)) / (low - high);
}

function clip(probability: number): number {
  return Math.min(1 - CLIP, Math.max(CLIP, probability));
}
