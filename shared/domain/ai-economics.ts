import type { Metric } from './metrics/metric.ts';
import { known, unknown } from './metrics/metric.ts';
import type { Usd } from './money.ts';

/** What a period earned and what its intelligence cost. Money in micro-dollars. */
export interface AiPeriod {
  /** Realised P&L, net of fees. */
  readonly pnl: Usd;
  readonly aiCost: Usd;
  readonly cloudCost: Usd;
  /** Forecasts and abstentions after a call. */
  readonly decisions: number;
  /** Closed trades of strategies that use forecasts. */
  readonly trades: number;
  /** Market's Brier score less that of the forecasts; undefined before anything settled. */
  readonly brierGain: number | undefined;
}

/** Whether the AI pays. All values but `netPnl` are undefined where nothing was bought. Source: algorithms B17. */
export interface AiEconomics {
  readonly netPnl: Metric;
  readonly perDecision: Metric;
  readonly perTrade: Metric;
  /** Micro-dollars per hundredth of Brier score gained on the market. */
  readonly perBrierPoint: Metric;
}

export function aiEconomics({ pnl, aiCost, cloudCost, decisions, trades, brierGain }: AiPeriod): AiEconomics {
  return {
    netPnl: known(pnl - aiCost - cloudCost, trades),
    perDecision: decisions > 0 ? known(aiCost / decisions, decisions) : unknown('no decisions'),
    perTrade: trades > 0 ? known(aiCost / trades, trades) : unknown('no closed trades'),
    perBrierPoint: perBrierPoint(aiCost, decisions, brierGain),
  };
}

function perBrierPoint(aiCost: Usd, decisions: number, gain: number | undefined): Metric {
  if (gain === undefined) return unknown('no settled forecasts');
  return gain > 0 ? known(aiCost / (gain * 100), decisions) : unknown('forecasts are no better than the price', decisions);
}
