import { sha256 } from '../../shared/adapters/crypto/sha256.ts';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import type { PaperExchange } from '../../shared/adapters/paper/paper-exchange.ts';
import { paperExchange } from '../../shared/adapters/paper/paper-exchange.ts';
import type { MarketCalibration } from '../../shared/domain/calibration/market-calibration.ts';
import type { Millis } from '../../shared/domain/money.ts';
import type { Surroundings } from '../../shared/domain/risk/trips.ts';
import type { StrategyView } from '../../shared/domain/strategies/strategy.ts';
import type { SyncIo } from '../../shared/jobs/sync.ts';
import type { TradeIo } from '../../shared/jobs/trade.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { MarketData } from '../../shared/ports/exchange.ts';
import type { Store } from '../../shared/ports/store.ts';
import { usd } from '../../shared/system/config/domain-settings.ts';
import type { Config } from '../../shared/system/config/schema.ts';
import { deskSettings, strategyView } from '../../shared/system/desk-settings.ts';

/** A clock that stands where it is put, moves on by itself only while somebody sleeps, and never goes back. */
export class ReplayClock implements Clock {
  #now: Millis = 0;

  set(at: Millis): void {
    this.#now = Math.max(this.#now, at);
  }

  now(): Millis {
    return this.#now;
  }

  async sleep(ms: number): Promise<void> {
    this.#now += ms;
  }
}

/** One book of paper money over recorded markets: the same jobs and the same decisions as everywhere. */
export interface ReplayDesk {
  readonly store: Store;
  readonly paper: PaperExchange;
  readonly sync: SyncIo;
  trade(calibration: MarketCalibration | undefined): TradeIo;
  view(calibration: MarketCalibration | undefined): StrategyView;
}

/** A recording says nothing of clocks, outages or runs: nothing here can reduce a book. */
const quiet: Surroundings = {
  exchangeOut: undefined,
  dataAgeSeconds: undefined,
  maxDataAgeSeconds: Number.POSITIVE_INFINITY,
  skewSeconds: undefined,
  maxSkewSeconds: Number.POSITIVE_INFINITY,
  errorRate: undefined,
  maxErrorRate: 1,
  reconciliationBreak: undefined,
  feeDivergence: undefined,
};

export function replayDesk(config: Config, market: MarketData, clock: Clock, only: readonly string[]): ReplayDesk {
  const store = memoryStore(() => clock.now());
  const paper = paperExchange({ records: store.records, market, clock, membership: config.account, cash: usd(config.capital.cash) });
  const { limits, protections, rungs, exits } = deskSettings(config, only);
  const shared = { store, market, clock, digest: sha256, limits, protections };
  return {
    store,
    paper,
    view: (calibration) => strategyView(config, calibration),
    sync: { ...shared, account: paper, settle: () => paper.match(), surroundings: async () => quiet },
    trade: (calibration) => ({
      ...shared,
      mode: 'paper',
      rungs,
      view: strategyView(config, calibration),
      exits,
      brokers: new Map([['paper', paper]]),
      shardOpen: () => undefined,
      withPast: (board) => board,
      record: async () => {},
    }),
  };
}
