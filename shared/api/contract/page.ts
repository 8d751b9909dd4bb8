import type { ChartData, PerformanceJson, TradesJson } from './figures.ts';
import type { CostsJson, LedgerJson, PositionsJson } from './holdings.ts';
import type { AiJson, CalibrationJson } from './learning.ts';
import type { FunnelJson, OpportunitiesJson, StrategiesJson } from './markets.ts';
import type { ReportJson } from './report.ts';
import type { AlertsJson, JobsJson } from './running.ts';
import type { Status } from './status.ts';
import type { NamedMetric } from './units.ts';

/** A part of the page that could be read, or why it could not. */
export type Part<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly why: string };

/** A job's last data and how old it may be. `undefined`: it has not run. */
export interface Freshness {
  readonly at: string | undefined;
  readonly staleAfterMs: number;
}

/** Everything the page is made from: the same answers that the endpoints give. */
export interface PageData {
  readonly title: string;
  /** Whose clock the page shows, and whose it would show unasked. */
  readonly zone: string;
  readonly homeZone: string;
  readonly book: Status['mode'];
  readonly now: number;
  readonly token: string;
  readonly updates: 'events' | 'poll';
  /** Whether people sign in to see it, and so can sign out. */
  readonly signsIn: boolean;
  readonly since: string | null;
  readonly status: Status;
  readonly synced: Freshness;
  readonly scanned: Freshness;
  readonly checked: Freshness;
  readonly performance: Part<PerformanceJson>;
  readonly metrics: Part<readonly NamedMetric[]>;
  readonly chart: Part<ChartData>;
  readonly trades: Part<TradesJson>;
  readonly positions: Part<PositionsJson>;
  readonly ledger: Part<LedgerJson>;
  readonly costs: Part<CostsJson>;
  readonly funnel: Part<FunnelJson>;
  readonly strategies: Part<StrategiesJson>;
  readonly opportunities: Part<OpportunitiesJson>;
  readonly calibration: Part<CalibrationJson>;
  readonly ai: Part<AiJson>;
  readonly report: Part<ReportJson>;
  readonly alerts: Part<AlertsJson>;
  readonly jobs: Part<JobsJson>;
}
