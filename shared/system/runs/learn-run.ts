import { seriesCategories } from '../../adapters/kalshi/series-categories.ts';
import { calibrationSamples } from '../../adapters/recordings/calibration-samples.ts';
import { expireReservations, lookBack } from '../../jobs/ai-budget.ts';
import { learn } from '../../jobs/learn.ts';
import { learnForecasts } from '../../jobs/learn-forecasts.ts';
import type { Run } from '../handle.ts';
import { openMarket } from '../open-market.ts';
import { openRecordings } from '../open-recordings.ts';

/** What prices and forecasts have been worth, on everything that has ended by now. */
export const learnRun: Run = async ({ parts }) => {
  const { store, clock, config } = parts;
  const { marketData: market, transport } = openMarket(parts);
  const blobs = openRecordings(parts);
  const settings = { ...config.learn, clamp: config.strategies.favourites.clamp };
  const { samples, events, active } = await learn({
    records: store.records,
    clock,
    settings,
    samples: () => calibrationSamples({ blobs, market, now: clock.now(), categories: () => seriesCategories(transport) }),
  });
  const lessons = await learnForecasts({ records: store.records, market, clock, priorWeight: config.ai.priorWeight });
  const expiredReservations = await expireReservations(store, clock.now(), lookBack.night);
  return { samples, events, active, expiredReservations, ...lessons };
};
