import type { Board } from '../board.ts';
import { ACTIVE } from '../board.ts';
import type { Contracts, Millis, Price } from '../money.ts';

/** Seed 003's filter over all open markets, in this order; each market is dropped at most once. */
export const scanStages = ['status', 'quote', 'volume', 'price', 'spread', 'expiry'] as const;
export type ScanStage = (typeof scanStages)[number];

/** Which setting moves a stage, for the funnel people read; status and quote are facts nobody can set. */
export const stageSettings: Readonly<Record<ScanStage, string | undefined>> = {
  status: undefined,
  quote: undefined,
  volume: 'scan.minVolume',
  price: 'scan.priceRange',
  spread: 'scan.maxSpread',
  expiry: 'scan.maxDays',
};

export type VolumeField = 'volume' | 'volume24h';

export interface ScanSettings {
  readonly volumeField: VolumeField;
  readonly minVolume: Contracts;
  /** YES mid, both ends included. */
  readonly priceRange: readonly [Price, Price];
  /** A spread this wide or wider is dropped. */
  readonly maxSpread: Price;
  readonly maxDays: number;
}

const DAY: Millis = 86_400_000;

/** Index into `scanStages` of the stage that drops a row; `scanStages.length` for a candidate. NaN fails its stage. */
export function scanStage(board: Board, row: number, settings: ScanSettings, close: number = board.closeTime[row] ?? Number.NaN): number {
  if (board.status[row] !== ACTIVE) return 0;
  const bid = board.bid[row] ?? Number.NaN;
  const ask = board.ask[row] ?? Number.NaN;
  if (!(bid > 0 && ask < 10_000)) return 1;
  const volume = (settings.volumeField === 'volume24h' ? board.volume24h[row] : board.volume[row]) ?? Number.NaN;
  if (!(volume >= settings.minVolume)) return 2;
  const twiceMid = bid + ask;
  if (!(twiceMid >= 2 * settings.priceRange[0] && twiceMid <= 2 * settings.priceRange[1])) return 3;
  if (!(ask - bid < settings.maxSpread)) return 4;
  if (!(close > board.at && close <= board.at + settings.maxDays * DAY)) return 5;
  return scanStages.length;
}

/** How many markets each stage dropped, and the rows that are left. */
export interface ScanFunnel {
  readonly seen: number;
  readonly dropped: Readonly<Record<ScanStage, number>>;
  readonly candidates: readonly number[];
}

export function scanFunnel(board: Board, settings: ScanSettings): ScanFunnel {
  const counts = new Uint32Array(scanStages.length);
  const candidates: number[] = [];
  for (let row = 0; row < board.rows; row++) {
    const stage = scanStage(board, row, settings);
    if (stage === scanStages.length) candidates.push(row);
    else counts[stage] = (counts[stage] ?? 0) + 1;
  }
  const [status = 0, quote = 0, volume = 0, price = 0, spread = 0, expiry = 0] = counts;
  return { seen: board.rows, dropped: { status, quote, volume, price, spread, expiry }, candidates };
}

/** The market that came closest to passing the first stage that still held markets back. */
export interface NearestMiss {
  readonly ticker: string;
  readonly stage: ScanStage;
  readonly setting: string;
  /** In the setting's own unit. */
  readonly value: number;
  readonly needs: number;
}

/** Of the rows dropped by a setting, the one nearest to its limit, as a share of the limit. */
export function nearestMiss(board: Board, settings: ScanSettings): NearestMiss | undefined {
  let best: (NearestMiss & { readonly gap: number }) | undefined;
  for (let row = 0; row < board.rows; row++) {
    const stage = scanStages[scanStage(board, row, settings)];
    const setting = stage && stageSettings[stage];
    if (!stage || !setting) continue;
    const { value, needs } = measure(board, row, stage, settings);
    const gap = Math.abs(value - needs) / needs;
    if (Number.isFinite(gap) && (best === undefined || gap < best.gap)) {
      best = { ticker: board.ticker[row] ?? '', stage, setting, value, needs, gap };
    }
  }
  if (!best) return undefined;
  const { gap: _, ...miss } = best;
  return miss;
}

/** A row's value where a stage looks, and the limit it missed, in dollars, contracts or days. */
function measure(board: Board, row: number, stage: ScanStage, settings: ScanSettings): { value: number; needs: number } {
  const bid = board.bid[row] ?? Number.NaN;
  const ask = board.ask[row] ?? Number.NaN;
  switch (stage) {
    case 'volume': {
      const volume = (settings.volumeField === 'volume24h' ? board.volume24h[row] : board.volume[row]) ?? Number.NaN;
      return { value: volume / 100, needs: settings.minVolume / 100 };
    }
    case 'price': {
      const mid = (bid + ask) / 20_000;
      const [low, high] = settings.priceRange;
      return { value: mid, needs: mid < low / 10_000 ? low / 10_000 : high / 10_000 };
    }
    case 'spread':
      return { value: (ask - bid) / 10_000, needs: settings.maxSpread / 10_000 };
    default:
      return { value: ((board.closeTime[row] ?? Number.NaN) - board.at) / DAY, needs: settings.maxDays };
  }
}
