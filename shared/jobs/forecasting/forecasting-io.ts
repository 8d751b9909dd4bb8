import type { FeeTerms } from '../../domain/fees.ts';
import type { ForecastingSettings } from '../../domain/forecasting/forecasting-settings.ts';
import type { Learned } from '../../domain/forecasting/learn.ts';
import type { ScheduledEvent } from '../../domain/forecasting/question.ts';
import type { Millis, Price, Probability } from '../../domain/money.ts';
import type { Fence } from '../../domain/safety/quote-data.ts';
import type { Analyst } from '../../ports/analyst.ts';
import type { Digest } from '../../ports/digest.ts';
import type { BudgetIo } from '../ai-budget.ts';

/** Who can be asked: the best first, then the cheap one, then another provider where one is configured. */
export interface Panel {
  readonly primary: Analyst;
  readonly cheap: Analyst | undefined;
  readonly fallback: Analyst | undefined;
}

export interface ForecastingIo extends BudgetIo {
  readonly panel: Panel;
  readonly settings: ForecastingSettings;
  readonly learned: Learned | undefined;
  readonly digest: Digest;
  /** Random text that cannot be guessed, new every time. */
  readonly fence: () => Fence;
  /** What the world has planned for an event; without it questions name no dates but the market's own. Throws ExchangeError. */
  readonly scheduled?: (event: string, now: Millis) => Promise<readonly ScheduledEvent[]>;
}

/** A market as the forecaster's caller knows it; `undefined` is unknown. High stakes are asked of every model. */
export interface MarketView {
  readonly ticker: string;
  readonly event: string;
  readonly strategy: string;
  readonly stakes: 'routine' | 'high';
  readonly title: string;
  readonly rulesPrimary: string | undefined;
  readonly rulesSecondary?: string;
  readonly resolutionSource?: string;
  readonly rulesHash: string | undefined;
  readonly category: string | undefined;
  readonly closesAt: Millis | undefined;
  readonly expectedExpiration?: Millis;
  readonly bid: Price | undefined;
  readonly ask: Price | undefined;
  readonly fee: FeeTerms | undefined;
  readonly baseRate?: Probability;
}
