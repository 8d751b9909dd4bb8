import type { Surroundings } from '../../shared/domain/risk/trips.ts';
import type { MarketData } from '../../shared/ports/exchange.ts';
import { drillConfig } from './stage.ts';

/** What the exchange says of itself; the drill has no runs whose failures would count. */
export async function surroundingsOf(market: MarketData): Promise<Surroundings> {
  const { tradingActive, skew } = await market.status();
  return {
    ...quiet,
    exchangeOut: tradingActive ? undefined : 'trading is paused',
    skewSeconds: skew === undefined ? undefined : skew / 1000,
  };
}

const quiet: Surroundings = {
  exchangeOut: undefined,
  dataAgeSeconds: undefined,
  maxDataAgeSeconds: drillConfig.risk.maxDataAgeMinutes * 60,
  skewSeconds: undefined,
  maxSkewSeconds: drillConfig.risk.maxSkewSeconds,
  errorRate: undefined,
  maxErrorRate: 1,
  reconciliationBreak: undefined,
  feeDivergence: undefined,
};
