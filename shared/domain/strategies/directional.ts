import type { Board } from '../board.ts';
import { ACTIVE, heldQuote } from '../board.ts';
import { normalCdf } from '../calibration/normal.ts';
import { feePerContract } from '../fees.ts';
import type { Forecast } from '../forecast.ts';
import type { Contracts, Price, Probability, Side } from '../money.ts';
import type { Signal } from '../signal.ts';
import type { Stage, Strategy, StrategyView } from './strategy.ts';

export interface DirectionalSettings {
  /** Contracts traded in the scan's volume field. */
  readonly minVolume: Contracts;
  /** YES mid, both ends included. */
  readonly priceRange: readonly [Price, Price];
  /** A spread this wide or wider is dropped. */
  readonly maxSpread: Price;
  readonly minHours: number;
  readonly maxDays: number;
  /** A forecast older than this was held against another price. */
  readonly maxForecastMinutes: number;
  /** What the forecast must exceed the cost by, in dollars. */
  readonly minEdge: number;
  /** Least chance that the side is worth more than it costs, given the forecast's standard error. */
  readonly minConfidence: number;
}

const stages: readonly Stage[] = [
  { name: 'status', kind: 'filter' },
  { name: 'quote', kind: 'filter' },
  { name: 'volume', kind: 'filter', setting: 'strategies.directional.minVolume' },
  { name: 'price', kind: 'filter', setting: 'strategies.directional.priceRange' },
  { name: 'spread', kind: 'filter', setting: 'strategies.directional.maxSpread' },
  { name: 'expiry', kind: 'filter', setting: 'strategies.directional.maxDays' },
  { name: 'forecast', kind: 'condition', setting: 'strategies.directional.maxForecastMinutes' },
  { name: 'fee', kind: 'condition' },
  { name: 'edge', kind: 'condition', setting: 'strategies.directional.minEdge' },
  { name: 'confidence', kind: 'condition', setting: 'strategies.directional.minConfidence' },
];
const [STATUS, QUOTE, VOLUME, PRICE, SPREAD, EXPIRY, FORECAST, FEE, EDGE, CONFIDENCE] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

const HOUR = 3_600_000;

/** Buys the side that a forecast, blended with the market, finds too cheap. Source: seeds 002 and 004; algorithms B5. */
export const directional: Strategy = {
  name: 'directional',
  about: 'buys a side at its ask when the blended forecast clears price, fee and margin with enough confidence',
  evidence: 'Studies agree that language models lose to the price. The weight of the forecasts is earned here, or 0. Paper.',
  stages,
  judge: judgeForecast,
};

/** Whether a market passes the filters, so that asking about it could lead to a signal. */
export function worthForecasting(board: Board, row: number, view: StrategyView): boolean {
  const found = judgeForecast(board, row, view);
  return typeof found !== 'number' || found >= FORECAST;
}

function judgeForecast(board: Board, row: number, view: StrategyView): number | Signal {
  const filtered = filterOf(board, row, view);
  if (filtered !== undefined) return filtered;
  const forecast = view.forecast(board.ticker[row] ?? '');
  if (!forecast || board.at - forecast.at > view.directional.maxForecastMinutes * 60_000) return FORECAST;
  const { fee } = board.terms(row);
  if (!fee) return FEE;
  const best = (['yes', 'no'] as const)
    .map((side) => bargain(board, row, side, { forecast, cost: (price) => price / 10_000 + feePerContract(price, 'taker', fee, board.at) }))
    .reduce((a, b) => (b.edge > a.edge ? b : a));
  if (!(best.edge >= view.directional.minEdge)) return EDGE;
  if (!(best.confidence >= view.directional.minConfidence)) return CONFIDENCE;
  return signalOf(board, row, best, forecast);
}

/** The filter that drops a row; undefined for one that passes them all. NaN never passes. */
function filterOf(board: Board, row: number, { scan, directional: settings }: StrategyView): number | undefined {
  if (board.status[row] !== ACTIVE) return STATUS;
  const bid = board.bid[row] ?? Number.NaN;
  const ask = board.ask[row] ?? Number.NaN;
  if (!(bid > 0 && ask < 10_000)) return QUOTE;
  const volume = (scan.volumeField === 'volume24h' ? board.volume24h[row] : board.volume[row]) ?? Number.NaN;
  if (!(volume >= settings.minVolume)) return VOLUME;
  const twiceMid = bid + ask;
  if (!(twiceMid >= 2 * settings.priceRange[0] && twiceMid <= 2 * settings.priceRange[1])) return PRICE;
  if (!(ask - bid < settings.maxSpread)) return SPREAD;
  const left = board.knownClose(row) - board.at;
  return left >= settings.minHours * HOUR && left <= settings.maxDays * 24 * HOUR ? undefined : EXPIRY;
}

/** What one side costs at its ask and is worth by the forecast. */
interface Bargain {
  readonly side: Side;
  readonly limit: Price;
  readonly fair: Probability;
  /** Dollars a contract; minus infinity where nobody asks. */
  readonly edge: number;
  readonly confidence: number;
}

function bargain(
  board: Board,
  row: number,
  side: Side,
  { forecast, cost }: { readonly forecast: Forecast; readonly cost: (price: Price) => number },
): Bargain {
  const fair = (side === 'yes' ? forecast.probability : 1 - forecast.probability) as Probability;
  const { ask } = heldQuote(board, row, side);
  if (ask === undefined) return { side, limit: 0 as Price, fair, edge: Number.NEGATIVE_INFINITY, confidence: 0 };
  const edge = fair - cost(ask);
  return {
    side,
    limit: ask,
    fair,
    edge,
    confidence: forecast.standardError > 0 ? normalCdf(edge / forecast.standardError) : Number(edge > 0),
  };
}

function signalOf(board: Board, row: number, { side, limit, fair, edge, confidence }: Bargain, forecast: Forecast): Signal {
  const points = (value: number) => (value * 100).toFixed(1);
  return {
    strategy: 'directional',
    row,
    ticker: forecast.ticker,
    side,
    fair,
    standardError: forecast.standardError,
    limit,
    postOnly: false,
    reason: `${forecast.by}: worth ${points(fair)}¢, ${points(edge)}¢ over cost, ${Math.round(confidence * 100)}% sure`,
    goodUntil: board.at,
    ...(forecast.paperOnly ? { paperOnly: true } : {}),
  };
}
