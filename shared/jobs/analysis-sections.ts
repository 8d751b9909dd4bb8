import { aiEconomics } from '../domain/ai-economics.ts';
import type { Resolving } from '../domain/analysis/cash-projection.ts';
import { breakerHeadroom, projectCash } from '../domain/analysis/cash-projection.ts';
import { closingSection, worstSection } from '../domain/analysis/emergency-sections.ts';
import { manualPatterns } from '../domain/analysis/manual-patterns.ts';
import { aiSection, cashSection, forecastSection, manualSection } from '../domain/analysis/sections.ts';
import { exposureSection, originSection, trendSection } from '../domain/analysis/trade-sections.ts';
import { worstStates } from '../domain/analysis/worst-states.ts';
import type { Book } from '../domain/book.ts';
import type { AbstentionRecord, ForecastRecord, SettledForecast } from '../domain/forecasting/forecast-record.ts';
import { WINDOW } from '../domain/forecasting/learn.ts';
import type { Score } from '../domain/forecasting/score.ts';
import { score } from '../domain/forecasting/score.ts';
import { breakdowns } from '../domain/metrics/breakdown.ts';
import { equityOf, mark } from '../domain/metrics/mark.ts';
import type { Cost } from '../domain/metrics/performance-input.ts';
import { periodStart } from '../domain/metrics/period.ts';
import type { Millis, Usd } from '../domain/money.ts';
import { notional, PAYOUT } from '../domain/money.ts';
import type { Trade } from '../domain/position.ts';
import { directional } from '../domain/strategies/directional.ts';
import { ageText } from '../domain/words/amounts.ts';
import type { ReportKind, ReportSection } from '../domain/words/report.ts';
import { SIMULATED_SPEND } from './ai-budget.ts';
import { ABSTENTIONS, FORECASTS } from './forecasting/forecast-market.ts';
import { lastLearned, settledForecasts } from './forecasting/learn-from-outcomes.ts';
import type { PerformanceIo } from './gather-performance.ts';
import { ALL_TRADES, aiCosts } from './gather-performance.ts';
import type { HoldingsLook } from './look-at-holdings.ts';
import { lookAtHoldings } from './look-at-holdings.ts';

export interface SectionsIo extends PerformanceIo {
  /** Drawdown from the peak that halts. */
  readonly maxDrawdown: number;
  /** What the cloud costs in 30 days. */
  readonly cloudMonthly: Usd;
  /** Numbers in 0..1, for intervals. */
  readonly random: () => number;
}

const DAY = 86_400_000;
/** Markets of past trades that are looked up for when they closed. */
const MOST_CLOSES = 300;

/** The computed facts that an analysis needs beyond a daily report's. */
export async function analysisSections(io: SectionsIo, kind: ReportKind, book: Book): Promise<readonly ReportSection[]> {
  const { store, clock, zone } = io;
  const now = clock.now();
  const [{ ledger, peak }, trades] = await Promise.all([store.ledger.head(book), store.ledger.trades(book, ALL_TRADES)]);
  const past = [...new Set(trades.map(({ ticker }) => ticker))].slice(0, MOST_CLOSES);
  const look = await lookAtHoldings(io, book, ledger, now, kind === 'emergency' ? [] : past);
  const { marks } = look;
  const quotes = quotesSection(look, now);
  const exposed = [...ledger.positions.values()].map((position) => ({
    position,
    value: mark(position, marks.get(position.ticker)),
    resolvesAt: look.closesAt(position.ticker),
  }));
  const resolving = exposed.map(({ position: { ticker, count }, value, resolvesAt }): Resolving => {
    return { ticker, resolvesAt, value, payout: notional(PAYOUT, count) };
  });
  const best = peak === undefined ? undefined : ((peak + ledger.deposits) as Usd);
  const room = (equity: Usd | undefined) => breakerHeadroom(equity, best, io.maxDrawdown);
  const cash = cashSection(projectCash(ledger.cash, resolving), room(equityOf(ledger, marks)), room);
  const exposure = exposureSection(exposed, now);
  if (kind === 'emergency') {
    const worst = worstSection(worstStates([...ledger.positions.values()], look.exclusive), {
      ...{ cash: ledger.cash, peak: best, maxDrawdown: io.maxDrawdown },
    });
    return [...quotes, closingSection(exposed), worst, exposure, cash];
  }
  const forecasts = await forecastSections(io, kind, trades, now);
  const manual = manualSection(manualPatterns(trades, look.closesAt));
  const deeper = kind === 'weekly' ? [trendSection(trades, now), originSection(breakdowns(trades, zone).origin)] : [];
  return [...quotes, ...deeper, exposure, cash, ...forecasts, manual];
}

/** Said only while the exchange does not answer. */
function quotesSection({ stale, at }: HoldingsLook, now: Millis): readonly ReportSection[] {
  if (!stale) return [];
  const seen = at === undefined ? 'it was never asked before' : `what follows was seen ${ageText(now - at)} ago`;
  return [{ title: 'Quotes', rows: [['Exchange', `does not answer; ${seen}`]] }];
}

/** What forecasts are worth, and what they cost in the report's own period. */
async function forecastSections(
  io: SectionsIo,
  kind: ReportKind,
  trades: readonly Trade[],
  now: Millis,
): Promise<readonly ReportSection[]> {
  const { store, zone } = io;
  const start = periodStart(kind === 'weekly' ? 'week' : 'today', now, zone) ?? 0;
  const [learned, settled, costs, invented, decisions] = await Promise.all([
    lastLearned(store),
    settledForecasts(store, now - WINDOW),
    aiCosts(store),
    aiCosts(store, SIMULATED_SPEND),
    paidDecisions(io, start),
  ]);
  const models = Object.entries(learned?.models ?? {}).map(([name, model]) => ({
    name,
    learned: model,
    score: scoreOf(settled, name, io),
  }));
  const [first] = models.toSorted((a, b) => b.learned.test.events - a.learned.test.events);
  const own = trades.filter(({ strategy, closedAt }) => strategy === directional.name && closedAt >= start);
  const economics = aiEconomics({
    pnl: total(trades.filter(({ closedAt }) => closedAt >= start).map(({ pnl }) => pnl)),
    aiCost: spentFrom(costs, start),
    cloudCost: Math.round((io.cloudMonthly * (now - start)) / (30 * DAY)) as Usd,
    decisions,
    trades: own.length,
    brierGain: first?.score && first.score.marketBrier - first.score.brier,
  });
  return [forecastSection(models), aiSection(economics, spentFrom(invented, start))];
}

function spentFrom(costs: readonly Cost[], start: Millis): Usd {
  return total(costs.filter(({ at }) => at >= start).map(({ amount }) => amount));
}

function scoreOf(settled: readonly SettledForecast[], model: string, { random }: SectionsIo): Score | undefined {
  return score(
    settled.filter(({ forecast }) => forecast.model === model),
    'shadow',
    random,
  ).score;
}

/** Forecasts and abstentions that models were asked for. */
async function paidDecisions({ store }: SectionsIo, start: Millis): Promise<number> {
  const from = new Date(start).toISOString();
  const [made, declined] = await Promise.all([store.records.list(FORECASTS, { from }), store.records.list(ABSTENTIONS, { from })]);
  return [...made, ...declined].filter(({ body }) => (body as ForecastRecord | AbstentionRecord).cost > 0).length;
}

function total(amounts: readonly number[]): Usd {
  return amounts.reduce((sum, amount) => sum + amount, 0) as Usd;
}
