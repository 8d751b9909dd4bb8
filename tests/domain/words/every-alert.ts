import { reviewActions } from '../../../shared/domain/health/action-items.ts';
import { health } from '../../../shared/domain/health/health.ts';
import { performance } from '../../../shared/domain/metrics/performance.ts';
import type { Alert } from '../../../shared/domain/words/alert.ts';
import { alertKinds } from '../../../shared/domain/words/alert.ts';
import * as exchange from '../../../shared/domain/words/exchange-alerts.ts';
import { makeReport } from '../../../shared/domain/words/report.ts';
import { weeklySummary } from '../../../shared/domain/words/report-text.ts';
import { resolvedAlert } from '../../../shared/domain/words/resolved.ts';
import { riskAlerts } from '../../../shared/domain/words/risk-alerts.ts';
import * as system from '../../../shared/domain/words/system-alerts.ts';
import * as trading from '../../../shared/domain/words/trading-alerts.ts';
import { facts, holding, NOW, portfolio, rate, seedPortfolio, thresholds } from '../health/facts.ts';
import { cents, DAY, deposit, performanceOf, usd } from '../metrics/portfolio.ts';

/** Texts that come from outside, as long as they get. */
export interface OutsideText {
  readonly ticker: string;
  readonly title: string;
  readonly error: string;
}

export const longest: OutsideText = {
  ticker: 'KXNFLANYTD-26NOV22KCDEN-PMAHOMES15',
  title:
    'Will the Federal Open Market Committee lower the target range of the federal funds rate by 25 basis points or more at its December 2026 meeting?',
  error: 'Kalshi HTTP 503 Service Unavailable: upstream connect error or disconnect/reset before headers',
};

export const moment = { at: NOW, book: 'live' } as const;

/** Every fact of health failing as badly as it can, so that each risk alert is said. */
export function failingHealth(ticker: string) {
  const stuck = portfolio(9.84, [...seedPortfolio.positions, holding(ticker, 5, 1)]);
  const found = facts({
    portfolio: { at: NOW, value: { ...stuck, positions: stuck.positions.map((held, i) => (i > 10 ? { ...held, bid: undefined } : held)) } },
    drawdown: 0.1234,
    quotesAt: NOW - 26 * 3_600_000,
    syncedAt: NOW - 3_600_000,
    calibration: { at: NOW, value: { settled: 12_345, skill: -0.123, weight: 0.25 } },
    aiBudget: { at: NOW, value: { spent: usd(12), budget: usd(12) } },
    runs: { at: NOW, value: { failed: 300, all: 1000 } },
    winRates: { all: rate(0.3, 300), manual: rate(0.8123, 150), automated: rate(0.1, 150) },
  });
  const judged = health(found, thresholds);
  return { health: judged, facts: found, items: reviewActions(judged, found, thresholds).items, thresholds };
}

/** Enough cash for the reserve, too much in use. */
function almostSpent(ticker: string) {
  const found = facts({ portfolio: { at: NOW, value: portfolio(18, [holding(ticker, 100, 82)]) } });
  const judged = health(found, thresholds);
  return { health: judged, facts: found, items: reviewActions(judged, found, thresholds).items, thresholds };
}

function weekly() {
  const look = failingHealth('KXA-1-X');
  return makeReport({
    kind: 'weekly',
    book: 'live',
    health: look.health,
    performance: performance(performanceOf([deposit(123456.78, NOW - DAY)])),
    actionItems: look.items,
    funnel: undefined,
    feedback: { strategies: [], items: [] },
    sections: [],
  });
}

/** One of each alert the system can raise. */
export function everyAlert({ ticker, title, error }: OutsideText): readonly Alert[] {
  const market = { ticker, title };
  const breaker = { state: 'halted', cause: 'daily-loss', detail: error, since: NOW, by: 'breaker', version: 12 } as const;
  const order = { ...market, id: 'k1-ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', what: 'buy 12345.67 YES at 99.99¢' };
  const loss = { ...breaker, detail: 'day loss -$12,345.67 reached limit -$10,000.00' };
  const raised = [
    trading.tradingHalted(moment, loss, { cancelled: 123, positions: 456 }),
    trading.tradingHalted(moment, breaker, { cancelled: 123, positions: 456 }),
    trading.buysPaused(moment, { ...breaker, state: 'reducing', cause: 'outage' }),
    trading.buysPaused(moment, { ...breaker, state: 'reducing', cause: 'paused-by-hand' }),
    trading.tradingResumed(moment, { by: 'somebody', reason: error, stoppedAt: NOW - 7_800_000 }),
    trading.emergencyStop(moment, {
      reason: error,
      cancelled: 123,
      orders: 123,
      positions: 45,
      flattened: { closed: 45, proceeds: usd(12345.67) },
    }),
    trading.emergencyStop(moment, { reason: error, cancelled: 1, orders: 2, positions: 45 }),
    trading.orderRejected(moment, { ...order, code: 'INSUFFICIENT_BALANCE', fix: 'move collateral to the shard: pilot shards move' }),
    trading.orderUnknown(moment, { ...order, sentAt: NOW - 26 * 3_600_000 }),
    trading.strategyDemoted(moment, { strategy: 'favourites-near-expiry', from: 'live', to: 'paper', why: error }),
    exchange.syncFailing(moment, { since: NOW - 25 * 60_000, error, everyMinutes: 5 }),
    exchange.reconciliationBreak(moment, [
      { what: 'position', ticker, ledger: 1_234_567, exchange: 0 },
      { what: 'cash', ledger: usd(12345.67), exchange: usd(12345.66) },
    ]),
    exchange.feeDivergence(moment, { ticker, charged: usd(123.45), predicted: usd(12.34), limit: usd(0.01) }),
    exchange.priceDrop(moment, { ...market, from: cents(79.99), to: cents(20.01), window: '24 h' }),
    exchange.tightSpread(moment, { ...market, bid: cents(50), ask: cents(51.5) }),
    exchange.newMarket(moment, { ...market, closesAt: NOW + 6.9 * DAY }),
    exchange.rulesChanged(moment, { ...market, changed: ['rules', 'close time', 'price ranges'] }),
    system.jobMissed(moment, { job: 'emergency-analysis', dueAt: NOW - 26 * 3_600_000, lastRun: NOW - 50 * 3_600_000 }),
    system.jobFailed(moment, { job: 'emergency-analysis', tick: '2026-11-20T19:00:00.000Z', error }),
    system.deliveryFailed(moment, { channel: 'webhook', detail: error, undelivered: 'TRADING HALTED' }),
    system.aiWeightZero(moment, { model: 'grok-4.7-fast-reasoning-latest', settled: 12_345, skill: -0.0123 }),
    system.regionExpiry(moment, { expiresAt: NOW + 13 * DAY }),
    system.regionExpiry(moment, { expiresAt: NOW - 26 * 3_600_000 }),
    system.schemaCanary(moment, {
      endpoint: 'GET /portfolio/settlements',
      missing: ['yes_total_cost_dollars', 'no_total_cost_dollars'],
      unknown: [error],
    }),
    system.noTrades(moment, { since: NOW - 12 * DAY, nearestMiss: `${ticker} (volume 489, needs 500)` }),
    weeklySummary(moment, weekly()),
    ...riskAlerts(moment, failingHealth(ticker)).alerts,
    ...riskAlerts(moment, almostSpent(ticker)).alerts,
  ];
  const over = raised.filter(({ kind, type }) => alertKinds[kind].lasts && type !== 'RESOLVED');
  return [...raised, ...over.map((alert) => resolvedAlert(alert, { since: NOW - 26 * 3_600_000, until: NOW, at: NOW }))];
}
