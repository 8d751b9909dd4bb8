import { randomUUID } from 'node:crypto';
import { scheduledEvents } from '../../adapters/kalshi/scheduled-events.ts';
import { aiCaps } from '../../domain/ai-budget.ts';
import { bookOf } from '../../domain/book.ts';
import { forecast } from '../../jobs/forecast.ts';
import { lastLearned } from '../../jobs/forecasting/learn-from-outcomes.ts';
import type { ScanSummary } from '../../jobs/scan.ts';
import { forecastingSettings, usd } from '../config/domain-settings.ts';
import { strategyView } from '../desk-settings.ts';
import type { Run } from '../handle.ts';
import { openAnalysts } from '../open-analysts.ts';
import { openMarket } from '../open-market.ts';

/** Asks models about the candidates of this tick's scan. Holds their key, never the exchange's. */
export const forecastRun: Run = async ({ parts, tick, log }) => {
  const { store, clock, config, digest, speed } = parts;
  const { records } = store;
  const { ai, mode, strategies } = config;
  if (strategies.directional.rung === 'off') return { asked: 'nobody: strategies.directional is off' };
  const [{ marketData: market, transport }, { panel }, learned, summary] = await Promise.all([
    openMarket(parts),
    openAnalysts(parts),
    lastLearned(store),
    records.get('scan', tick) as Promise<ScanSummary | undefined>,
  ]);
  if (!summary) log.warn('no scan for this tick: nothing to forecast', { tick });
  const { cost, ...found } = await forecast(
    {
      ...{ records, clock, digest, market, panel, learned },
      caps: aiCaps(usd(ai.dailyBudget)),
      settings: forecastingSettings(config),
      nonce: randomUUID,
      fence: randomUUID,
      view: strategyView(config, undefined),
      stakes: bookOf(strategies.directional.rung, mode) === 'live' ? 'high' : 'routine',
      maxMarkets: ai.marketsPerRun,
      maxTime: ai.forecastSeconds * 1000 * speed,
      scheduled: (events) => scheduledEvents(transport, events),
    },
    summary?.tickers ?? [],
  );
  return { ...found, model: panel.primary.model, cost };
};
