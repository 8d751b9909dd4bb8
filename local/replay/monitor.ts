import { dayStart, etDay } from '../../shared/domain/et-day.ts';
import type { Millis } from '../../shared/domain/money.ts';
import type { AlertCheckIo } from '../../shared/jobs/alert-check.ts';
import { alertCheck } from '../../shared/jobs/alert-check.ts';
import { alertBreaker } from '../../shared/jobs/alerts/alert-breaker.ts';
import type { DailyReportIo } from '../../shared/jobs/daily-report.ts';
import { dailyReport } from '../../shared/jobs/daily-report.ts';
import { checkHealth } from '../../shared/jobs/health.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { MarketData } from '../../shared/ports/exchange.ts';
import type { Store } from '../../shared/ports/store.ts';
import { usd } from '../../shared/system/config/domain-settings.ts';
import type { Config } from '../../shared/system/config/schema.ts';
import { healthThresholds, marketWatch, noiseSettings } from '../../shared/system/config/watch-settings.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** When the daily report is due, after midnight. */
const REPORT_AT = 8 * HOUR;

/** How often the jobs that watch ran and what they said. */
export interface Watched {
  readonly alertChecks: number;
  /** Messages that would have gone out. */
  readonly alerts: number;
  readonly healthChecks: number;
  readonly reports: number;
  /** At the last look; undefined before it, or while it could not be told. */
  readonly healthScore: number | undefined;
}

/** The jobs that watch a book, on the replay's clock. Nothing goes out: what is told is kept in the replay's own store. */
export class Monitor {
  readonly #io: AlertCheckIo & DailyReportIo;
  readonly #every: number;
  #checkedAt = Number.NEGATIVE_INFINITY;
  #judgedAt = Number.NEGATIVE_INFINITY;
  #before: Millis | undefined;
  #alertChecks = 0;
  #alerts = 0;
  #healthChecks = 0;
  #reports = 0;
  #healthScore: number | undefined;

  constructor(config: Config, { store, market, clock }: { readonly store: Store; readonly market: MarketData; readonly clock: Clock }) {
    this.#every = config.alerts.checkMinutes * MINUTE;
    this.#io = {
      ...{ store, market, clock, mode: 'paper', zone: config.zone, jobs: [], watched: [], outlets: [], syncEveryMinutes: 5 },
      aiBudget: usd(config.ai.dailyBudget),
      thresholds: healthThresholds(config),
      noise: noiseSettings(config),
      markets: marketWatch(config),
      noTradeDays: config.alerts.noTradeDays,
      look: (tickers) => market.quotes(tickers),
      exchangeNews: async () => ({ oddities: [] }),
    };
  }

  /** A stop is told at once. */
  async stopped(): Promise<void> {
    await alertBreaker(this.#io, 'paper');
  }

  /** Runs what is due at this time. */
  async tick(now: Millis): Promise<void> {
    if (now - this.#checkedAt >= this.#every) {
      this.#checkedAt = now;
      this.#alertChecks += 1;
      this.#alerts += (await alertCheck(this.#io, 'paper')).told;
    }
    if (now - this.#judgedAt >= HOUR) {
      this.#judgedAt = now;
      this.#healthChecks += 1;
      this.#healthScore = (await checkHealth(this.#io, 'paper')).health.score;
    }
    if (isReportDue(this.#before, now, this.#io.zone)) {
      this.#reports += 1;
      await dailyReport(this.#io, 'paper');
    }
    this.#before = now;
  }

  watched(): Watched {
    return {
      alertChecks: this.#alertChecks,
      alerts: this.#alerts,
      healthChecks: this.#healthChecks,
      reports: this.#reports,
      healthScore: this.#healthScore,
    };
  }
}

/** Whether eight o'clock passed since the tick before. */
function isReportDue(before: Millis | undefined, now: Millis, zone: string): boolean {
  if (before === undefined) return false;
  const due = dayStart(etDay(now, zone), zone) + REPORT_AT;
  return before < due && now >= due;
}
