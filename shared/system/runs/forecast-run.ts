import { scheduledEvents } from '../../adapters/kalshi/scheduled-events.ts';
import { bookOf } from '../../domain/book.ts';
import type { MarketCalibration } from '../../domain/calibration/market-calibration.ts';
import { forecast } from '../../jobs/forecast.ts';
import { lastLearned } from '../../jobs/forecasting/learn-from-outcomes.ts';
import type { ScanSummary } from '../../jobs/scan.ts';
import { forecastingSettings } from '../config/domain-settings.ts';
import { strategyView } from '../desk-settings.ts';
import type { Run } from '../handle.ts';
import { budgetParts, fence, openAnalysts } from '../open-analysts.ts';
import { openMarket } from '../open-market.ts';
import { runTickers } from '../run-tickers.ts';

/** Asks the analysts about this scan's candidates, within budget and time. Never holds the trading key. */
export const forecastRun: Run = async ({ parts, tick, payload }) => {
  const { store, clock, config, digest } = parts;
  const only = runTickers(payload);
  if (config.strategies.directional.rung === 'off') return { asked: 'nobody: strategies.directional.rung is off' };
  const { marketData: market, transport } = openMarket(parts);
  const [{ panel }, summary, calibration, learned] = await Promise.all([
    openAnalysts(parts),
    store.records.get('scan', tick) as Promise<ScanSummary | undefined>,
    store.records.get('calibration', 'market') as Promise<MarketCalibration | undefined>,
    lastLearned(store),
  ]);
  const { cost, forecasted, cached, abstained, notWorth, leftOut } = await forecast(
    {
      ...budgetParts(parts),
      market,
      clock,
      digest,
      fence,
      panel,
      learned,
      settings: forecastingSettings(config),
      view: strategyView(config, calibration),
      stakes: bookOf(config.strategies.directional.rung, config.mode) === 'live' ? 'high' : 'routine',
      maxMarkets: config.ai.marketsPerRun,
      maxTime: config.ai.forecastSeconds * 1000 * parts.speed,
      scheduled: (event, now) => scheduledEvents(transport, event, now),
    },
    (summary?.tickers ?? []).filter((ticker) => only?.includes(ticker) ?? true),
  );
  return { forecasted, cached, abstained, notWorth, leftOut, cost };
};
