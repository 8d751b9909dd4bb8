import type { Contracts, Millis, Price } from '../../../shared/domain/money.ts';
import { lognormal, mix, share, uuid } from './chance.ts';
import { truthOf } from './event-facts.ts';
import { nearestPrice, neighbour, tick } from './grid.ts';
import { type Knowledge, knowledgeAt, knowledgeAtStep, knowledgeOf, stepAt, stepStart } from './information.ts';
import { traitsOf } from './market-traits.ts';
import { fairValue } from './outcome-shape.ts';
import type { Activity, BackgroundTrade, Ladder, Level, MarketFacts } from './world.ts';

interface Touch {
  readonly bid: Price | undefined;
  readonly ask: Price | undefined;
}

const NOBODY: Ladder = { bids: [], asks: [] };

/**
 * The book of others. Around the fair value, half the market's spread to each side, rounded to the nearest valid prices: the fair
 * value lies between bid and ask and, on average, in their middle. Sizes belong to the price level and change slowly.
 */
export function backgroundLadder(market: MarketFacts, at: Millis, depth: number): Ladder {
  const { life } = truthOf(market);
  if (at < market.openAt || at >= market.endsAt) return NOBODY;
  const now = knowledgeAt(life, at);
  const { bid, ask } = touchOf(market, now);
  return { bids: levels(market, now.step, bid, -1, depth), asks: levels(market, now.step, ask, 1, depth) };
}

/** When the news next moves on. */
export function backgroundChange(market: MarketFacts, at: Millis): Millis {
  const { life } = truthOf(market);
  return at < life.from ? life.from : Math.min(life.to, stepStart(life, stepAt(life, at) + 1));
}

/**
 * Trades of others, in lots as news comes. They know where the price goes: just so far ahead that half the spread is what they gain on
 * average, so neither they nor the makers they meet have an edge (Glosten and Milgrom 1985: the spread pays for being picked off).
 */
export function backgroundTrades(market: MarketFacts, from: Millis, to: Millis): readonly BackgroundTrade[] {
  const { life } = truthOf(market);
  const end = Math.min(to, market.endsAt);
  if (end <= from || end < market.openAt) return [];
  const trades: BackgroundTrade[] = [];
  const last = Math.min(stepAt(life, end), 2 ** life.depth - 1);
  for (let step = stepAt(life, Math.max(from, life.from)); step <= last; step = Math.max(step + 1, stepOfNextLot(market, step))) {
    for (const trade of stepTrades(market, step)) if (trade.at > from && trade.at <= end) trades.push(trade);
  }
  return trades;
}

export function backgroundActivity(market: MarketFacts, at: Millis): Activity {
  const { life } = truthOf(market);
  const now = knowledgeAt(life, Math.max(at, life.from));
  const { lot, kept } = traitsOf(market);
  const lots = lotsKnown(market, now.known);
  const volume = lots * lot;
  const dayAgo = at - 86_400_000 <= life.from ? 0 : lotsKnown(market, knowledgeAt(life, at - 86_400_000).known) * lot;
  return {
    volume: volume as Contracts,
    volume24h: (volume - dayAgo) as Contracts,
    openInterest: Math.floor(volume * kept) as Contracts,
    last: lots === 0 ? undefined : lastPrice(market, lots),
  };
}

function touchOf(market: MarketFacts, now: Knowledge): Touch {
  const { dead, spread: usual } = traitsOf(market);
  if (dead) return { bid: undefined, ask: undefined };
  const fair = fairValue(truthOf(market).span, now) * 10_000;
  const share = fair / 10_000;
  const spread = Math.max(tick(fair, market.ranges), usual * mood(market, now.step) * (0.4 + 2.4 * share * (1 - share)));
  const bid = nearestPrice(Math.max(0, fair - spread / 2), market.ranges);
  const ask = nearestPrice(Math.min(10_000, fair + spread / 2), market.ranges);
  return {
    bid: bid !== undefined && bid > fair ? neighbour(bid, -1, market.ranges) : bid,
    ask: ask !== undefined && ask < fair ? neighbour(ask, 1, market.ranges) : ask,
  };
}

/** Quotes are wider now and then. */
function mood(market: MarketFacts, step: number): number {
  const draw = share(mix(mix(market.word, 3), step >> 2));
  return draw < 0.75 ? 1 : draw < 0.93 ? 1.5 : 2.5;
}

function levels(market: MarketFacts, step: number, best: Price | undefined, direction: -1 | 1, depth: number): readonly Level[] {
  const { plan } = truthOf(market);
  const found: Level[] = [];
  const count = Math.min(depth, traitsOf(market).levels);
  for (let price = best; price !== undefined && found.length < count; price = neighbour(price, direction, market.ranges)) {
    const word = mix(mix(mix(market.word, 7 + direction), price), (step + (price >> 4)) >> 5);
    if (found.length > 0 && share(word) < 0.35) continue;
    const median = found.length === 0 ? plan.kind.depthAtBest : plan.kind.depthAtBest / 2;
    const size = Math.max(1, Math.round(lognormal(mix(word, 1), median, 1.2)));
    found.push({ price, count: (size * 100) as Contracts });
  }
  return found;
}

/** A market's lots come as its news does. */
function lotsKnown(market: MarketFacts, known: number): number {
  const { lots, phase } = traitsOf(market);
  return Math.floor(lots * known + phase);
}

/** The step in which the first lot after `step` is traded. */
function stepOfNextLot(market: MarketFacts, step: number): number {
  const { life } = truthOf(market);
  const { lots, phase } = traitsOf(market);
  const traded = lotsKnown(market, knowledgeAtStep(life, step + 1).known);
  return knowledgeOf(life, (traded + 1 - phase) / lots).step;
}

function lastPrice(market: MarketFacts, count: number): Price | undefined {
  const { lots, phase } = traitsOf(market);
  const { step } = knowledgeOf(truthOf(market).life, (count - phase) / lots);
  return lotsIn(market, step) > 0 ? stepPrice(market, step)?.price : undefined;
}

/** Lots that trade within a step. */
function lotsIn(market: MarketFacts, step: number): number {
  const { life } = truthOf(market);
  return lotsKnown(market, knowledgeAtStep(life, step + 1).known) - lotsKnown(market, knowledgeAtStep(life, step).known);
}

/** What a step's trades are made at, and from which side. */
function stepPrice(market: MarketFacts, step: number): { readonly price: Price; readonly buy: boolean } | undefined {
  const now = knowledgeAtStep(truthOf(market).life, step);
  const { bid, ask } = touchOf(market, now);
  const buy = ask !== undefined && (bid === undefined || rises(market, now, bid, ask));
  const price = buy ? ask : bid;
  return price === undefined ? undefined : { price, buy };
}

function stepTrades(market: MarketFacts, step: number): readonly BackgroundTrade[] {
  const { life } = truthOf(market);
  const lots = lotsIn(market, step);
  const quoted = lots > 0 ? stepPrice(market, step) : undefined;
  if (!quoted) return [];
  const { price, buy } = quoted;
  const [from, to] = [stepStart(life, step), stepStart(life, step + 1)];
  const pieces = Math.min(lots, 1 + Math.floor(share(mix(mix(market.word, 11), step)) * 6));
  return Array.from({ length: pieces }, (_, piece) => ({
    id: uuid(mix(market.word, 12), step * 8 + piece),
    at: Math.min(to - 1, from + Math.floor(((piece + 0.5) / pieces) * (to - from))),
    price,
    count: (traitsOf(market).lot *
      (piece === 0 ? lots - (pieces - 1) * Math.floor(lots / pieces) : Math.floor(lots / pieces))) as Contracts,
    buy,
  }));
}

function rises(market: MarketFacts, now: Knowledge, bid: Price, ask: Price): boolean {
  const { life, span } = truthOf(market);
  const fair = fairValue(span, now);
  const left = 2 ** life.depth - now.step;
  const need = (ask - bid) / 2 / 10_000 / Math.max(1e-6, 2 * fair * (1 - fair));
  const ahead = Math.max(1, Math.min(left, Math.ceil(need * need * left)));
  const later = fairValue(span, knowledgeAtStep(life, now.step + ahead));
  return later === fair ? share(mix(mix(market.word, 13), now.step)) < 0.5 : later > fair;
}
