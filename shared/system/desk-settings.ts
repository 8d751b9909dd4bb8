import type { Rung } from '../domain/book.ts';
import type { MarketCalibration } from '../domain/calibration/market-calibration.ts';
import type { ExitSettings } from '../domain/exits/exit-rules.ts';
import type { Forecast } from '../domain/forecast.ts';
import type { RiskLimits } from '../domain/risk/limits.ts';
import type { ProtectionSettings } from '../domain/risk/protections.ts';
import type { StrategyView } from '../domain/strategies/strategy.ts';
import { exitSettings, protectionSettings, riskLimits, strategySettings } from './config/domain-settings.ts';
import type { Config } from './config/schema.ts';

/** What a configuration means to the jobs that decide. */
export interface DeskSettings {
  readonly limits: RiskLimits;
  readonly protections: ProtectionSettings;
  readonly rungs: Readonly<Record<string, Rung>>;
  exits(strategy: string | undefined): ExitSettings;
}

/** With names given, only those strategies trade. */
export function deskSettings(config: Config, only: readonly string[] = []): DeskSettings {
  const { strategies } = config;
  const rungs = Object.entries(strategies).map(([name, { rung }]): [string, Rung] => [
    name,
    only.length > 0 && !only.includes(name) ? 'off' : rung,
  ]);
  return {
    limits: riskLimits(config),
    protections: protectionSettings(config),
    rungs: Object.fromEntries(rungs),
    exits: (name) => exitSettings(config, name),
  };
}

/** What strategies may look at beside the board. */
export function strategyView(
  config: Config,
  calibration: MarketCalibration | undefined,
  forecasts: ReadonlyMap<string, Forecast> = new Map(),
): StrategyView {
  return {
    ...strategySettings(config),
    calibration,
    forecast: (ticker) => forecasts.get(ticker),
  };
}
