import { type Contracts, contractsText, priceText } from '../../shared/domain/money.ts';
import type { HourCandle } from './market-candles.ts';
import type { SettledMarket } from './settled-markets.ts';

/** Where the rows come from; `pilot replay` says that such a panel is coarse. */
export const CANDLE_SOURCE = 'candles-60m';

export const panelHeader =
  'source,series_ticker,event_ticker,ticker,ts,yes_bid,yes_ask,last_price,volume,open_interest,close_time,result,result_source';

/** One line per hour in which the market could still be traded. Volume is the sum of the hours so far. */
export function panelRows(market: SettledMarket, candles: readonly HourCandle[]): readonly string[] {
  const { series, event, ticker, closeTime, result } = market;
  let volume = 0;
  return candles.flatMap((candle) => {
    volume += candle.volume ?? 0;
    if (candle.end >= closeTime) return [];
    const quotes = [candle.bid, candle.ask, candle.last].map((price) => (price === undefined ? '' : priceText(price)));
    const counts = [contractsText(volume as Contracts), candle.openInterest === undefined ? '' : contractsText(candle.openInterest)];
    return [[CANDLE_SOURCE, series, event, ticker, utc(candle.end), ...quotes, ...counts, utc(closeTime), result, 'api'].join(',')];
  });
}

function utc(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}
