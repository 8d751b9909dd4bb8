/** Where a value turns to a warning and where it turns critical; without the latter it never does. */
export interface Band {
  readonly warning: number;
  readonly critical?: number;
}

/** Every number the risk checks compare with. Shares are 0..1, times ms. */
export interface HealthThresholds {
  /** Below. */
  readonly cashReserve: Band;
  /** Above, as all that follow. */
  readonly capitalInUse: Band;
  readonly positions: Band;
  readonly largestPosition: Band;
  /** Win rates are compared from so many trades of each kind. */
  readonly winRateGap: Band & { readonly minTrades: number };
  readonly drawdown: Band;
  readonly quoteAge: Band;
  readonly syncAge: Band;
  /** Share of positions that could not be sold now. */
  readonly exitless: Band;
  /** Skill against the market's own price, below. */
  readonly calibration: Band & { readonly minForecasts: number };
  /** Share of the day's budget, at or above. */
  readonly aiBudget: Band;
  readonly errorRate: Band;
  /** How old a fact may be before it no longer says anything. */
  readonly maxAge: { readonly portfolio: number; readonly facts: number; readonly calibration: number };
  readonly score: {
    readonly critical: number;
    readonly warning: number;
    /** A score below alerts. */
    readonly alertBelow: number;
  };
  /** The seed's adjustment for the win rate, from so many trades on. */
  readonly winRate: {
    readonly minTrades: number;
    readonly low: number;
    readonly lowPoints: number;
    readonly high: number;
    readonly highPoints: number;
  };
}

const MINUTE = 60_000;

/**
 * Seed 000's bands and points. It says nothing of drawdown (seed 003 alerts at 5 %, its gate closes at 10 %) nor of the
 * dimensions that count since: those are twice and four times the schedule of the job that supplies the fact.
 */
export const seed000Thresholds: HealthThresholds = {
  cashReserve: { warning: 0.15, critical: 0.1 },
  capitalInUse: { warning: 0.8, critical: 0.9 },
  positions: { warning: 12 },
  largestPosition: { warning: 0.1 },
  winRateGap: { warning: 0.2, minTrades: 10 },
  drawdown: { warning: 0.05, critical: 0.1 },
  quoteAge: { warning: 30 * MINUTE, critical: 60 * MINUTE },
  syncAge: { warning: 10 * MINUTE, critical: 20 * MINUTE },
  exitless: { warning: 0, critical: 0.25 },
  calibration: { warning: 0, minForecasts: 30 },
  aiBudget: { warning: 0.8, critical: 1 },
  errorRate: { warning: 0.05, critical: 0.2 },
  maxAge: { portfolio: 20 * MINUTE, facts: 60 * MINUTE, calibration: 50 * 60 * MINUTE },
  score: { critical: 25, warning: 10, alertBelow: 50 },
  winRate: { minTrades: 20, low: 0.4, lowPoints: 15, high: 0.6, highPoints: 5 },
};
