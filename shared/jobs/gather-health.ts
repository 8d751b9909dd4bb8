import type { Board } from '../domain/board.ts';
import { heldQuote } from '../domain/board.ts';
import type { Book } from '../domain/book.ts';
import { etDay } from '../domain/et-day.ts';
import type { Learned } from '../domain/forecasting/learn.ts';
import type { HealthFacts, HoldingTerms } from '../domain/health/health-facts.ts';
import { portfolioOf } from '../domain/health/health-facts.ts';
import { isManual } from '../domain/metrics/trade-metrics.ts';
import { winRate } from '../domain/metrics/win-rate.ts';
import type { Millis, Usd } from '../domain/money.ts';
import type { Trade } from '../domain/position.ts';
import type { BookFacts } from '../domain/risk/make-book-view.ts';
import { drawdownOf, equityFloorOf, marksOf } from '../domain/risk/make-book-view.ts';
import type { Store } from '../ports/store.ts';
import { SPEND } from './ai-budget.ts';
import { loadBookFacts } from './book-facts.ts';
import { lastLearned } from './forecasting/learn-from-outcomes.ts';
import type { PerformanceIo } from './gather-performance.ts';
import { ALL_TRADES, heldBy, quotesOf } from './gather-performance.ts';
import { lastSync } from './last-sync.ts';
import { unlessExchange } from './unless-exchange.ts';

export interface HealthFactsIo extends Omit<PerformanceIo, 'store' | 'zone'> {
  readonly store: Store;
  /** The day's budget for models, micro-dollars. */
  readonly aiBudget: Usd;
  /** Jobs whose runs count. */
  readonly jobs: readonly string[];
}

const DAY = 86_400_000;
/** Runs of one job in a day, at the shortest interval there is. */
const RUNS_A_DAY = 300;

/** Reads everything the risk checks look at. What was never recorded, or the exchange does not show now, stays unknown. */
export async function gatherHealth(io: HealthFactsIo, book: Book): Promise<HealthFacts> {
  const { store, clock, market } = io;
  const now = clock.now();
  const [facts, trades, scan, synced, learned, spent, runs] = await Promise.all([
    loadBookFacts(store, book, now),
    store.ledger.trades(book, ALL_TRADES),
    store.records.get('scan-latest', 'scan'),
    lastSync(store, book),
    lastLearned(store),
    store.records.get(SPEND, `day|${etDay(now)}`),
    runsOfDay(io, now),
  ]);
  const { ledger, live, breaker } = facts;
  const board = await quotesOf(market, [...ledger.positions.keys()], now).catch(unlessExchange);
  return {
    at: now,
    portfolio: board && { at: board.at, value: portfolioOf(ledger, marksOf(ledger, board), heldBy(live), termsOf(facts, board)) },
    drawdown: board && drawdownOf(equityFloorOf(facts, board) - ledger.deposits, facts.peak, ledger.deposits),
    quotesAt: (scan as { readonly at: Millis } | undefined)?.at,
    syncedAt: synced?.at,
    reconciliation: synced && { at: synced.at, value: { breaks: synced.differences.length } },
    breaker,
    calibration: calibrationOf(learned, now),
    aiBudget: { at: now, value: { spent: (typeof spent === 'number' ? spent : 0) as Usd, budget: io.aiBudget } },
    runs: { at: now, value: runs },
    winRates: winRatesOf(trades),
  };
}

function termsOf({ ledger }: BookFacts, board: Board): HoldingTerms {
  return new Map(
    [...ledger.positions.values()].flatMap(({ ticker, side }) => {
      const row = board.rowOf(ticker);
      if (row === undefined) return [];
      const { bidSize } = heldQuote(board, row, side);
      const { fee } = board.terms(row);
      return [[ticker, { ...(bidSize === undefined ? {} : { bidSize }), ...(fee === undefined ? {} : { fee }) }] as const];
    }),
  );
}

/** The model with most settled forecasts speaks for the AI; before anything was learned there is nothing to judge. */
function calibrationOf(learned: Learned | undefined, now: Millis): HealthFacts['calibration'] {
  const [model] = Object.values(learned?.models ?? {}).toSorted((a, b) => b.test.events - a.test.events);
  if (!learned || !model) return { at: now, value: { settled: 0, skill: undefined, weight: 0 } };
  return { at: learned.at, value: { settled: model.test.events, skill: model.test.gain, weight: model.weight } };
}

async function runsOfDay({ store, jobs }: HealthFactsIo, now: Millis): Promise<{ readonly failed: number; readonly all: number }> {
  const runs = (await Promise.all(jobs.map((job) => store.runs.recent(job, RUNS_A_DAY)))).flat();
  const ended = runs.filter(({ startedAt, outcome }) => startedAt >= now - DAY && outcome !== undefined && outcome !== 'skipped');
  return { failed: ended.filter(({ outcome }) => outcome !== 'ok').length, all: ended.length };
}

function winRatesOf(trades: readonly Trade[]): HealthFacts['winRates'] {
  const { manual = [], automated = [] } = Object.groupBy(trades, (trade) => (isManual(trade) ? 'manual' : 'automated'));
  return { all: winRate(trades), manual: winRate(manual), automated: winRate(automated) };
}
