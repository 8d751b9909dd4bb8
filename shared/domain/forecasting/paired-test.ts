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

/**
 * Paired sequential test of log scores, clipped to [.02, .98], events in the order they settled: a mixture of betting
 * martingales Π(1 + λ(d − m)), where λ is capped by the worst that this event could bring, which is known before it
 * ends. Forecasts of one event are averaged first. Source: Waudby-Smith and Ramdas (2023); algorithms B22.
 */
export function pairedTest(pairs: readonly Pair[]): PairedTest {
  const events = byEvent(pairs);
  if (events.length === 0) return { events: 0, gain: undefined, evidence: 1, lower: undefined };
  const gain = events.reduce((sum, { gain: d }) => sum + d, 0) / events.length;
  return {
    events: events.length,
    gain,
    evidence: Math.min(MOST_EVIDENCE, Math.exp(logWealth(events, 0))),
    lower: lowerBound(events, gain),
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

/** Log of the mixture's wealth against "the mean gain is at most m". */
function logWealth(events: readonly EventGain[], m: number): number {
  const logs = stakes.map((stake) => {
    let log = 0;
    for (const { gain, least } of events) {
      const worst = least - m;
      const lambda = worst < 0 ? Math.min(stake, MOST / -worst) : stake;
      log += Math.log1p(lambda * (gain - m));
    }
    return log;
  });
  const top = Math.max(...logs);
  return top + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - top), 0) / stakes.length);
}

/** Largest mean the evidence speaks against, by halving: wealth falls as m grows. */
function lowerBound(events: readonly EventGain[], gain: number): number {
  let low = -WORST_LOG_SCORE;
  let high = gain;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (logWealth(events, middle) >= Math.log(ENOUGH)) low = middle;
    else high = middle;
  }
  return low;
}

function clip(probability: number): number {
  return Math.min(1 - CLIP, Math.max(CLIP, probability));
}
