import type { CalibrationSettings, MarketCalibration } from '../domain/calibration/market-calibration.ts';
import { fitMarketCalibration } from '../domain/calibration/market-calibration.ts';
import type { CalibrationSample } from '../domain/calibration/platt.ts';
import { baseRates } from '../domain/forecasting/base-rates.ts';
import type { Clock } from '../ports/clock.ts';
import type { RecordStore } from '../ports/store.ts';

export interface LearnIo {
  readonly records: RecordStore;
  readonly clock: Clock;
  readonly settings: CalibrationSettings;
  /** What prices said of markets that had ended by now. */
  samples(): Promise<readonly CalibrationSample[]>;
}

/** How often each category's markets end YES, for forecasts; under the key `latest`. */
export const BASE_RATES = 'base-rates';

/** Refits what prices are worth on everything that has ended so far, and keeps it for the next decisions. */
export async function learn({ records, clock, settings, samples }: LearnIo): Promise<MarketCalibration> {
  const ended = await samples();
  const calibration = fitMarketCalibration(ended, clock.now(), settings);
  await records.put('calibration', 'market', calibration);
  await records.put(BASE_RATES, 'latest', baseRates(ended));
  return calibration;
}
