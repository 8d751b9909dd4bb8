import type { Board } from '../board.ts';
import { ACTIVE, heldQuote } from '../board.ts';
import { calibrate } from '../calibration/market-calibration.ts';
import { horizonOf } from '../calibration/platt.ts';
import { feePerContract } from '../fees.ts';
import { snapHeldDown, tickAt } from '../market.ts';
import type { Price, Probability, Side } from '../money.ts';
import { otherSide } from '../money.ts';
import type { Signal } from '../signal.ts';
import type { Stage, Strategy, StrategyView } from './strategy.ts';

export interface FavouriteSettings {
  /** Mid of the favoured side, both ends included. */
  readonly priceRange: readonly [Price, Price];
  readonly minHours: number;
  readonly maxDays: number;
  /** What calibrated probability must exceed cost by, in dollars, and in standard errors. */
  readonly minEdge: number;
  readonly minErrors: number;
  /** What the money would earn lying still, a year, and what a trade must earn on top. */
  readonly cashYield: number;
  readonly excessYield: number;
  /** Most the calibration may move a price. */
  readonly clamp: number;
  /** Seed 002's theta rule: buy against the favourite instead. Wrong: favourites are underpriced. Off. */
  readonly against: boolean;
  readonly goodForMinutes: number;
}

const stages: readonly Stage[] = [
  { name: 'status', kind: 'filter' },
  { name: 'quote', kind: 'filter' },
  { name: 'price', kind: 'filter', setting: 'strategies.favourites.priceRange' },
  { name: 'expiry', kind: 'filter', setting: 'strategies.favourites.maxDays' },
  { name: 'fee', kind: 'condition' },
  { name: 'calibration', kind: 'condition', setting: 'learn.minEvents' },
  { name: 'tick', kind: 'condition' },
  { name: 'edge', kind: 'condition', setting: 'strategies.favourites.minEdge' },
  { name: 'yield', kind: 'condition', setting: 'strategies.favourites.excessYield' },
];
const [STATUS, QUOTE, PRICE, EXPIRY, FEE, CALIBRATION, TICK, EDGE, YIELD] = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;

/** What seed 002 takes the side against a favourite to be worth: its "fair value" of 65 % for every favourite. */
const SEED_002_FAIR = 0.35 as Probability;

const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;

/** Buys the favourite near expiry where past prices like it have been too low. Source: algorithms B9 on B2. */
export const favourites: Strategy = {
  name: 'favourites',
  about: 'buys the favoured side at 85–97¢ between an hour and a week before close, when calibration says it is cheap',
  evidence: 'Small positive edge of makers in published studies of 300,000 contracts; none of it is ours yet. Paper.',
  stages,
  judge: judgeFavourite,
};

function judgeFavourite(board: Board, row: number, view: StrategyView): number | Signal {
  const settings = view.favourites;
  if (board.status[row] !== ACTIVE) return STATUS;
  const bid = board.bid[row] ?? Number.NaN;
  const ask = board.ask[row] ?? Number.NaN;
  if (!(bid > 0 && ask < 10_000)) return QUOTE;
  const mid = (bid + ask) / 2;
  const favoured: Side = mid >= 5_000 ? 'yes' : 'no';
  const heldMid = favoured === 'yes' ? mid : 10_000 - mid;
  if (!(heldMid >= settings.priceRange[0] && heldMid <= settings.priceRange[1])) return PRICE;
  const left = board.knownClose(row) - board.at;
  if (!(left >= settings.minHours * HOUR && left <= settings.maxDays * 24 * HOUR)) return EXPIRY;
  const terms = board.terms(row);
  if (terms.fee === undefined) return FEE;
  const fair = calibrate(view.calibration, mid / 10_000, horizonOf(left), terms.category ?? '', settings.clamp);
  if (!fair.calibrated) return CALIBRATION;
  const side = settings.against ? otherSide(favoured) : favoured;
  const probability = settings.against ? SEED_002_FAIR : heldProbability(fair.probability, side);
  const limit = restingPrice(board, row, side);
  if (limit === undefined) return TICK;
  const cost = limit / 10_000 + feePerContract(limit, 'maker', terms.fee, board.at);
  const edge = probability - cost;
  if (!(edge >= Math.max(settings.minEdge, settings.minErrors * fair.standardError))) return EDGE;
  const annual = (probability / cost - 1) * (YEAR / left);
  if (!(annual > settings.cashYield + settings.excessYield)) return YIELD;
  return signal(board, row, { side, probability, standardError: fair.standardError, limit, cost, view });
}

function heldProbability(yes: number, side: Side): Probability {
  return (side === 'yes' ? yes : 1 - yes) as Probability;
}

/** A tick better than the best bid of the side, but still a tick under its ask, so that it rests in front. */
function restingPrice(board: Board, row: number, side: Side): Price | undefined {
  const { bid, ask } = heldQuote(board, row, side);
  const { priceRanges } = board.terms(row);
  if (bid === undefined || ask === undefined) return undefined;
  const tick = tickAt(bid, side, priceRanges);
  return tick === undefined ? undefined : snapHeldDown(Math.min(bid + tick, ask - tick) as Price, side, priceRanges);
}

interface Found {
  readonly side: Side;
  readonly probability: Probability;
  readonly standardError: number;
  readonly limit: Price;
  readonly cost: number;
  readonly view: StrategyView;
}

function signal(board: Board, row: number, { side, probability, standardError, limit, cost, view }: Found): Signal {
  const close = board.knownClose(row);
  return {
    strategy: 'favourites',
    row,
    ticker: board.ticker[row] ?? '',
    side,
    fair: probability,
    standardError,
    limit,
    postOnly: true,
    reason: `worth ${(probability * 100).toFixed(1)}¢ ± ${(standardError * 100).toFixed(1)}, costs ${(cost * 100).toFixed(1)}¢`,
    goodUntil: Math.min(close, board.at + view.favourites.goodForMinutes * 60_000),
  };
}
