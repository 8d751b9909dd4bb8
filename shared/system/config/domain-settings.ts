import type { ExitSettings } from '../../domain/exits/exit-rules.ts';
import type { ForecastingSettings } from '../../domain/forecasting/forecasting-settings.ts';
import type { Contracts, Price, Usd } from '../../domain/money.ts';
import type { RiskLimits } from '../../domain/risk/limits.ts';
import type { ProtectionSettings } from '../../domain/risk/protections.ts';
import type { ScanSettings } from '../../domain/scan/funnel.ts';
import type { DipSettings } from '../../domain/strategies/dips.ts';
import type { DirectionalSettings } from '../../domain/strategies/directional.ts';
import type { FavouriteSettings } from '../../domain/strategies/favourites.ts';
import type { Config } from './schema.ts';

const HOUR = 3_600_000;
/** Longest text of one piece of news. */
const EVIDENCE_CHARACTERS = 600;

/** Configuration speaks dollars and shares; the domain speaks its own units. Rounded to the unit. */
export function usd(dollars: number): Usd {
  return Math.round(dollars * 1_000_000) as Usd;
}

export function scanSettings({ scan }: Config): ScanSettings {
  return {
    volumeField: scan.volumeField,
    minVolume: Math.round(scan.minVolume * 100) as Contracts,
    priceRange: [price(scan.priceRange[0]), price(scan.priceRange[1])],
    maxSpread: price(scan.maxSpread),
    maxDays: scan.maxDays,
  };
}

export function riskLimits({ account, capital, sizing, risk, execution }: Config): RiskLimits {
  return {
    account,
    capitalMax: orNone(capital.max, usd),
    cashReserve: capital.cashReserve,
    perMarket: sizing.perMarket,
    perEvent: sizing.perEvent,
    perCategory: sizing.perCategory,
    depth: sizing.depth,
    maxPositions: risk.maxPositions,
    kellyFraction: sizing.kellyFraction,
    ignoreFees: sizing.ignoreFees,
    maxOrder: orNone(sizing.maxOrder, usd),
    maxDrawdown: risk.maxDrawdown,
    dailyLossShare: risk.dailyLossShare,
    dailyLossUsd: usd(risk.dailyLossDollars),
    losingStreak: risk.losingStreak,
    maxQuoteAgeSeconds: risk.maxQuoteAgeSeconds,
    maxDataAgeSeconds: risk.maxDataAgeMinutes * 60,
    maxSlippage: price(risk.maxSlippage),
    repegs: execution.repegs,
    improvement: price(execution.improvement),
    repegSeconds: execution.repegSeconds,
    groupContracts: orNone(execution.groupContracts, (count) => (count * 100) as Contracts),
    rotation: orNone(risk.rotation, same),
    allow: capital.allow,
    deny: capital.deny,
    acknowledgedSeries: capital.acknowledgedSeries,
  };
}

export function protectionSettings({ protections }: Config): ProtectionSettings {
  const { cooldownHours, stops, stopWindowHours, stopLockHours, seriesLoss, categoryLoss, seriesWindowHours, seriesLockHours } =
    protections;
  return {
    cooldownHours,
    stopGuard: { stops, windowHours: stopWindowHours, lockHours: stopLockHours },
    lowProfit: { series: usd(seriesLoss), category: usd(categoryLoss), windowHours: seriesWindowHours, lockHours: seriesLockHours },
  };
}

function dipSettings({ strategies: { dips } }: Config): DipSettings {
  return { minDrop: dips.minDrop, recovery: dips.recovery, siblingShare: dips.siblingShare, goodForMinutes: dips.goodForMinutes };
}

function favouriteSettings({ strategies: { favourites } }: Config): FavouriteSettings {
  const { minHours, maxDays, minEdge, minErrors, cashYield, excessYield, clamp, against, goodForMinutes } = favourites;
  const priceRange = [price(favourites.priceRange[0]), price(favourites.priceRange[1])] as const;
  return { priceRange, minHours, maxDays, minEdge, minErrors, cashYield, excessYield, clamp, against, goodForMinutes };
}

function directionalSettings({ strategies: { directional } }: Config): DirectionalSettings {
  const { minHours, maxDays, maxForecastMinutes, minEdge, minConfidence } = directional;
  return {
    minVolume: Math.round(directional.minVolume * 100) as Contracts,
    priceRange: [price(directional.priceRange[0]), price(directional.priceRange[1])],
    maxSpread: price(directional.maxSpread),
    minHours,
    maxDays,
    maxForecastMinutes,
    minEdge,
    minConfidence,
  };
}

export function forecastingSettings({ ai }: Config): ForecastingSettings {
  const { drafts, minDrafts, maxDisagreement, reach, margin, priceBucket, gapNamed, gapRefused, priorWeight } = ai;
  return {
    ...{ drafts, minDrafts, maxDisagreement, reach, margin, priceBucket, gapNamed, gapRefused, priorWeight },
    nearResolution: ai.nearResolutionHours * HOUR,
    cacheFor: ai.cacheHours * HOUR,
    gapFactAge: ai.gapFactHours * HOUR,
    searchEvidence: ai.evidence,
    evidence: { maxItems: ai.maxEvidence, maxChars: EVIDENCE_CHARACTERS, maxAge: ai.evidenceDays * 24 * HOUR },
  };
}

/** What every strategy is set to, for its view of the board. */
export function strategySettings(config: Config) {
  return {
    scan: scanSettings(config),
    dips: dipSettings(config),
    favourites: favouriteSettings(config),
    directional: directionalSettings(config),
  };
}

/** Leaves nothing before it settles. */
const heldToSettlement: ExitSettings = {
  stop: undefined,
  recovery: undefined,
  takeProfit: undefined,
  trail: undefined,
  timeShare: undefined,
  portfolioStop: undefined,
  maxSpread: 0 as Price,
  confirmSeconds: 0,
  holdAbove: 0 as Price,
  holdMinutes: 0,
};

/** Exit rules of a strategy; a position of no known strategy (made by hand, or by one since taken out) has none. */
export function exitSettings({ strategies }: Config, strategy: string | undefined): ExitSettings {
  if (strategy === undefined || !Object.hasOwn(strategies, strategy)) return heldToSettlement;
  const { exits } = strategies[strategy as keyof Config['strategies']];
  return {
    stop: orNone(exits.stop, same),
    recovery: orNone(exits.recovery, same),
    takeProfit: orNone(exits.takeProfit, same),
    trail: exits.trailActivate === null ? undefined : { activate: price(exits.trailActivate), give: exits.trailGive },
    timeShare: orNone(exits.timeShare, same),
    portfolioStop: orNone(exits.portfolioStop, same),
    maxSpread: price(exits.maxSpread),
    confirmSeconds: exits.confirmSeconds,
    holdAbove: price(exits.holdAbove),
    holdMinutes: exits.holdMinutes,
  };
}

function price(dollars: number): Price {
  return Math.round(dollars * 10_000) as Price;
}

function orNone<A, B>(value: A | null, convert: (value: A) => B): B | undefined {
  return value === null ? undefined : convert(value);
}

function same(value: number): number {
  return value;
}
