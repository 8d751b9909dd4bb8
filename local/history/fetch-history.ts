import type { Transport } from '../../shared/adapters/kalshi/transport.ts';
import type { Millis } from '../../shared/domain/money.ts';
import { candleBatches, readCandles } from './market-candles.ts';
import { PanelFile } from './panel-file.ts';
import { panelRows } from './panel-rows.ts';
import { settledMarkets } from './settled-markets.ts';

export interface HistoryRequest {
  /** All when empty. */
  readonly series: readonly string[];
  readonly days: number;
  readonly out: string;
}

export interface HistoryProgress {
  /** How many markets there are, and how many of them an earlier run had done. */
  begin(markets: number, done: number): void;
  tick(markets: number): void;
}

const DAY: Millis = 86_400_000;

/**
 * Downloads settled markets with their hourly candles into a panel that `pilot replay --panel` reads. Goes on where an
 * earlier run for the same was interrupted. Throws ExchangeError and InvalidValue.
 */
export async function fetchHistory(transport: Transport, { series, days, out }: HistoryRequest, progress: HistoryProgress) {
  const now = transport.clock.now();
  const file = await PanelFile.open(out, { series: [...series], days, from: now - days * DAY, to: now });
  const { from } = file.asked;
  const markets = await settledMarkets(transport, file.asked);
  const left = markets.filter(({ ticker }) => !file.done.has(ticker));
  progress.begin(markets.length, markets.length - left.length);
  for (const batch of candleBatches(left, from)) {
    const candles = await readCandles(transport, batch, from);
    const rows = batch.flatMap((market) => panelRows(market, candles.get(market.ticker) ?? []));
    await file.append(
      batch.map(({ ticker }) => ticker),
      rows,
    );
    progress.tick(batch.length);
  }
  const { rows } = await file.finish({
    fidelity: 'low',
    why: 'hourly candles: quotes at the end of each hour, no depth, nothing of what happened within the hour',
  });
  return { out, markets: markets.length, rows };
}
