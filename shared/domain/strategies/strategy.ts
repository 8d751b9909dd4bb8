import type { Board } from '../board.ts';
import type { MarketCalibration } from '../calibration/market-calibration.ts';
import type { Forecast } from '../forecast.ts';
import type { ScanSettings } from '../scan/funnel.ts';
import type { Signal } from '../signal.ts';
import type { DipSettings } from './dips.ts';
import type { DirectionalSettings } from './directional.ts';
import type { FavouriteSettings } from './favourites.ts';

/** What a strategy may look at beside the board. Everything in it was known at the board's time. */
export interface StrategyView {
  readonly scan: ScanSettings;
  readonly dips: DipSettings;
  readonly favourites: FavouriteSettings;
  readonly directional: DirectionalSettings;
  readonly calibration: MarketCalibration | undefined;
  forecast(ticker: string): Forecast | undefined;
}

/** One step of a strategy's own funnel. `setting` is what would move it; absent where nothing can. */
export interface Stage {
  readonly name: string;
  readonly setting?: string;
  /** A filter decides who is eligible; a condition decides whether an eligible market gives a signal now. */
  readonly kind: 'filter' | 'condition';
}

/**
 * A strategy looks at one row and says which stage drops it, or what it would buy. It writes in the side held; only
 * the broker knows the exchange's YES book. To add one: a file, a line in `strategies`, a test, a sentence in the docs.
 */
export interface Strategy {
  readonly name: string;
  readonly about: string;
  /** What is known for and against it, shown wherever it trades. */
  readonly evidence: string;
  readonly stages: readonly Stage[];
  /** Index of the stage that drops the row, or a signal. */
  judge(board: Board, row: number, view: StrategyView): number | Signal;
}

export interface StrategyFunnel {
  readonly eligible: number;
  readonly signals: number;
  readonly dropped: Readonly<Record<string, number>>;
}
