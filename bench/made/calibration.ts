import { between, mix, share } from '../../local/exchange/world/chance.ts';
import { logit, sigmoid } from '../../shared/domain/calibration/logit.ts';
import type { MarketCalibration } from '../../shared/domain/calibration/market-calibration.ts';
import { fitMarketCalibration } from '../../shared/domain/calibration/market-calibration.ts';
import type { CalibrationSample } from '../../shared/domain/calibration/platt.ts';
import { horizons } from '../../shared/domain/calibration/platt.ts';
import { categories } from './quote-bars.ts';

const EVENTS = 3_000;
/** How much too close to even money the made prices are, in log odds: so much that favourites are worth buying. */
const SLOPE = 1.1;

/** A calibration in force, fitted on made markets whose favourites were too cheap. */
export function madeCalibration(at: number): MarketCalibration {
  const samples = horizons.flatMap((horizon, index) =>
    Array.from({ length: EVENTS }, (_, event): CalibrationSample => {
      const word = mix(index, event);
      const mid = between(word, 0.03, 0.97);
      return {
        event: `E${event}`,
        category: categories[event % categories.length] ?? '',
        horizon,
        mid,
        yes: share(mix(word, 1)) < sigmoid(SLOPE * logit(mid)),
      };
    }),
  );
  return fitMarketCalibration(samples, at, { strength: 300, minEvents: 30, clamp: 0.08 });
}
