import type { Board } from '../domain/board.ts';
import { heldQuote } from '../domain/board.ts';
import type { AbstainReason } from '../domain/forecasting/abstention.ts';
import type { BaseRates } from '../domain/forecasting/base-rates.ts';
import type { AbstentionRecord, ForecastRecord } from '../domain/forecasting/forecast-record.ts';
import { triage } from '../domain/forecasting/triage.ts';
import type { Millis, Usd } from '../domain/money.ts';
import { directional, worthForecasting } from '../domain/strategies/directional.ts';
import type { StrategyView } from '../domain/strategies/strategy.ts';
import type { Clock } from '../ports/clock.ts';
import type { MarketData } from '../ports/exchange.ts';
import { expireReservations, lookBack } from './ai-budget.ts';
import { ABSTENTIONS, FORECASTS, forecastMarket, isUnasked } from './forecasting/forecast-market.ts';
import type { ForecastingIo, MarketView, Panel } from './forecasting/forecasting-io.ts';
import { noteUnasked } from './forecasting/note-unasked.ts';
import { withinTime } from './forecasting/within-time.ts';
import { BASE_RATES } from './learn.ts';

/** Public market data and models; the trading key is not among it. */
export interface ForecastIo extends ForecastingIo {
  readonly market: Pick<MarketData, 'quotes'>;
  readonly clock: Clock;
  /** Its filters say what is worth asking about. */
  readonly view: StrategyView;
  /** High when real money would follow: then every model is heard. */
  readonly stakes: MarketView['stakes'];
  readonly maxMarkets: number;
  /** No new question this long after the run began, ms. */
  readonly maxTime: Millis;
}

/** What a run came to. seen = dropped by filters + not worth a call + left out + asked. */
export interface ForecastSummary {
  readonly at: Millis;
  readonly seen: number;
  readonly filtered: number;
  /** Markets where no answer could pay, or something is not known, by reason. */
  readonly notWorth: Readonly<Partial<Record<AbstainReason, number>>>;
  readonly leftOut: number;
  readonly forecasted: number;
  readonly cached: number;
  readonly abstained: Readonly<Partial<Record<AbstainReason, number>>>;
  readonly cost: Usd;
  readonly expiredReservations: number;
}

/** Forecasts the candidates of a scan within budget and time; every forecast and abstention is kept, one for all that the budget forbade. */
export async function forecast(io: ForecastIo, tickers: readonly string[]): Promise<ForecastSummary> {
  const { clock, records } = io;
  const at = clock.now();
  const expiredReservations = await expireReservations(io, at, lookBack.forecast);
  const found = tickers.length === 0 ? { markets: [], filtered: 0, notWorth: {} } : await worthwhile(io, tickers, at);
  const markets = await inTurn(io, found.markets, at);
  const until = at + io.maxTime;
  const timed = { ...io, panel: timedPanel(io.panel, clock, until) };
  const [forecasted, abstained]: [ForecastRecord[], AbstentionRecord[]] = [[], []];
  for (const market of markets) {
    const asked = abstained.length + forecasted.filter(({ cached }) => !cached).length;
    if (asked >= io.maxMarkets || clock.now() >= until) break;
    const result = await forecastMarket(timed, market, clock.now());
    if (result.state === 'forecasted') forecasted.push(result.record);
    else abstained.push(result.record);
  }
  await noteUnasked(records, abstained.filter(isUnasked), at);
  const summary: ForecastSummary = {
    at,
    seen: tickers.length,
    filtered: found.filtered,
    notWorth: found.notWorth,
    leftOut: markets.length - forecasted.length - abstained.length,
    forecasted: forecasted.length,
    cached: forecasted.filter(({ cached }) => cached).length,
    abstained: countBy(abstained.map(({ why }) => why)),
    cost: [...forecasted, ...abstained].reduce((sum, { cost }) => sum + cost, 0) as Usd,
    expiredReservations,
  };
  await records.put('forecast-latest', 'forecast', summary);
  return summary;
}

/** Reads the candidates again and keeps those that pass the strategy's filters and triage. */
async function worthwhile(io: ForecastIo, tickers: readonly string[], now: Millis) {
  const [board, rates] = await Promise.all([io.market.quotes(tickers), io.records.get(BASE_RATES, 'latest')]);
  const rows = tickers.flatMap((ticker) => board.rowOf(ticker) ?? []).filter((row) => worthForecasting(board, row, io.view));
  const all = rows.map((row) => marketView(io, board, row, (rates ?? {}) as BaseRates));
  const judged = all.map((market) => ({ market, worth: triage(market, now, io.settings) }));
  return {
    markets: judged.flatMap(({ market, worth }) => ('why' in worth ? [] : [market])),
    filtered: tickers.length - rows.length,
    notWorth: countBy(judged.flatMap(({ worth }) => ('why' in worth ? [worth.why] : []))),
  };
}

function marketView({ stakes }: ForecastIo, board: Board, row: number, rates: BaseRates): MarketView {
  const { title, rules, rulesHash, category, fee, expectedExpiration } = board.terms(row);
  const { bid, ask } = heldQuote(board, row, 'yes');
  const ticker = board.ticker[row] ?? '';
  const close = board.knownClose(row);
  const baseRate = category === undefined ? undefined : rates[category];
  return {
    ...{ ticker, event: board.event[row] ?? '', strategy: directional.name, stakes, title: title ?? ticker, category, bid, ask, fee },
    ...{ rulesPrimary: rules?.primary, rulesHash, closesAt: Number.isNaN(close) ? undefined : close },
    ...(rules?.secondary !== undefined && { rulesSecondary: rules.secondary }),
    ...(rules?.source !== undefined && { resolutionSource: rules.source }),
    ...(expectedExpiration !== undefined && { expectedExpiration }),
    ...(baseRate !== undefined && { baseRate }),
  };
}

/** Abstentions that the next try may undo. */
const passing: readonly AbstainReason[] = ['budget', 'no-answer', 'too-few-drafts'];
/** Newest decisions that the order looks back on. */
const LOOK_BACK = 500;

/** Forecasts in force are renewed first, for they are cheap; what models just declined to answer comes last. */
async function inTurn({ records, settings }: ForecastIo, markets: readonly MarketView[], now: Millis): Promise<readonly MarketView[]> {
  const range = { from: new Date(now - settings.cacheFor).toISOString(), limit: LOOK_BACK, newestFirst: true };
  const [made, declined] = await Promise.all([records.list(FORECASTS, range), records.list(ABSTENTIONS, range)]);
  const inForce = new Set(made.map(({ body }) => (body as ForecastRecord).ticker));
  const lasting = declined.map(({ body }) => body as AbstentionRecord).filter(({ why }) => !passing.includes(why));
  const refused = new Set(lasting.map(({ ticker }) => ticker));
  const rank = ({ ticker }: MarketView) => (inForce.has(ticker) ? 0 : refused.has(ticker) ? 2 : 1);
  return markets.toSorted((a, b) => rank(a) - rank(b));
}

function timedPanel({ primary, cheap, fallback }: Panel, clock: Clock, until: Millis): Panel {
  return {
    primary: withinTime(primary, clock, until),
    cheap: cheap && withinTime(cheap, clock, until),
    fallback: fallback && withinTime(fallback, clock, until),
  };
}

function countBy<Key extends string>(keys: readonly Key[]): Partial<Record<Key, number>> {
  const counts: Partial<Record<Key, number>> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}
