import { type Config, configSchema } from '../../../shared/system/config/schema.ts';

/**
 * Two strategies that do what a drill asks for and nothing else: directional takes what a forecast finds far too cheap, dips
 * rests where a price fell by a quarter. Limits are those of every day;
 * what markets do by themselves is told to nobody.
 */
export function outageConfig(series: readonly string[]): Config {
  return configSchema.parse({
    mode: 'demo',
    capital: { acknowledgedSeries: series },
    scan: { minVolume: 0, priceRange: [0.05, 0.95], maxSpread: 0.2, maxDays: 400 },
    strategies: {
      dips: {
        minDrop: 0.25,
        siblingShare: 1,
        goodForMinutes: 600,
        exits: { stop: null, recovery: null, timeShare: null },
      },
      favourites: { rung: 'off' },
      directional: {
        minVolume: 0,
        maxSpread: 0.2,
        maxDays: 400,
        maxForecastMinutes: 20,
        exits: { stop: null, recovery: null, timeShare: null },
      },
    },
    protections: { cooldownHours: 0 },
    alerts: { minVolume: 1e9 },
  });
}
