import type { Config } from '../../shared/system/config/schema.ts';
import { configSchema } from '../../shared/system/config/schema.ts';

/**
 * Filters and rules so loose that strategies trade all day in any world, whose series have all been read. Limits are those
 * of every day.
 */
export function drillConfig(acknowledgedSeries: readonly string[]): Config {
  return configSchema.parse({
    mode: 'demo',
    capital: { acknowledgedSeries },
    scan: { minVolume: 0, priceRange: [0.05, 0.95], maxSpread: 0.4, maxDays: 400 },
    strategies: {
      dips: {
        minDrop: 0.01,
        recovery: 0.9,
        siblingShare: 1,
        goodForMinutes: 40,
        exits: { stop: 0.03, recovery: 0.02, timeShare: 0.5, maxSpread: 0.4, holdMinutes: 0, confirmSeconds: 0 },
      },
      favourites: { rung: 'off' },
      directional: { rung: 'off' },
    },
    sizing: { kellyFraction: 1, depth: 1 },
    risk: { losingStreak: 8, dailyLossShare: 0.2, maxDataAgeMinutes: 50 },
    protections: { cooldownHours: 0, stops: 100, seriesLoss: 1_000, categoryLoss: 1_000 },
  });
}
