import type { HealthThresholds } from '../../domain/health/thresholds.ts';
import { seed000Thresholds } from '../../domain/health/thresholds.ts';
import type { Contracts, Price } from '../../domain/money.ts';
import type { MarketWatch } from '../../domain/watch/market-watch.ts';
import type { AlertKind } from '../../domain/words/alert.ts';
import type { Noise, NoiseRow } from '../../domain/words/noise.ts';
import { defaultNoise } from '../../domain/words/noise.ts';
import type { Config } from './schema.ts';

export function healthThresholds({ health }: Config): HealthThresholds {
  const standard = seed000Thresholds;
  return {
    ...standard,
    cashReserve: { warning: health.cashWarning, critical: health.cashCritical },
    capitalInUse: { warning: health.inUseWarning, critical: health.inUseCritical },
    positions: { warning: health.positions },
    largestPosition: { warning: health.largestPosition },
    winRateGap: { warning: health.winRateGap, minTrades: health.winRateTrades },
    drawdown: { warning: health.drawdownWarning, critical: health.drawdownCritical },
    exitless: { ...standard.exitless, critical: health.exitless },
    score: { ...standard.score, alertBelow: health.threshold },
  };
}

/** The noise table as it is by default, with what the configuration changes. */
export function noiseSettings({ alerts }: Config): Noise {
  const changes = Object.entries(alerts.noise) as readonly [AlertKind, Partial<NoiseRow>][];
  return {
    ...defaultNoise,
    kinds: {
      ...defaultNoise.kinds,
      ...Object.fromEntries(changes.map(([kind, row]) => [kind, { ...defaultNoise.kinds[kind], ...row }])),
    },
    warning: { ...defaultNoise.warning, ...alerts.warnings },
    repeatHours: alerts.repeatHours,
    resolveAfterMinutes: alerts.resolveAfterMinutes,
  };
}

export function marketWatch({ alerts, scan }: Config): MarketWatch {
  return {
    volumeField: scan.volumeField,
    minVolume: Math.round(alerts.minVolume * 100) as Contracts,
    drop: alerts.drop,
    spread: Math.round(alerts.spread * 10_000) as Price,
    newDays: alerts.newDays,
  };
}
