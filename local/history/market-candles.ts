import type * as z from 'zod/mini';
import { batchGetMarketCandlesticks } from '../../shared/adapters/kalshi/endpoints/batch-get-market-candlesticks.ts';
import type { candlestickSchema } from '../../shared/adapters/kalshi/endpoints/candlestick-schema.ts';
import { getHistoricalMarketCandlesticks } from '../../shared/adapters/kalshi/endpoints/get-historical-market-candlesticks.ts';
import type { Transport } from '../../shared/adapters/kalshi/transport.ts';
import type { Contracts, Millis, Price } from '../../shared/domain/money.ts';
import type { SettledMarket } from './settled-markets.ts';

/** The end of one hour of a market: quotes as they stood then, what was traded during it. */
export interface HourCandle {
  readonly end: Millis;
  readonly bid: Price | undefined;
  readonly ask: Price | undefined;
  readonly last: Price | undefined;
  readonly volume: Contracts | undefined;
  readonly openInterest: Contracts | undefined;
}

const HOUR: Millis = 3_600_000;
/** What one request may ask for. */
const MAX_MARKETS = 100;
const MAX_CANDLES = 10_000;

/** Markets that can be asked for together: within the exchange's bounds, and archived ones one by one. */
export function candleBatches(markets: readonly SettledMarket[], from: Millis): readonly (readonly SettledMarket[])[] {
  const batches: SettledMarket[][] = [];
  let current: SettledMarket[] = [];
  for (const market of markets) {
    const next = [...current, market];
    const { start, end } = windowOf(next, from);
    const fits = next.length <= MAX_MARKETS && next.length * ((end - start) / HOUR + 1) <= MAX_CANDLES;
    const alone = market.archived || current[0]?.archived === true;
    if (current.length > 0 && (!fits || alone)) {
      batches.push(current);
      current = [market];
    } else current = next;
  }
  return current.length > 0 ? [...batches, current] : batches;
}

/** Hourly candles of a batch, by market. Throws ExchangeError. */
export async function readCandles(
  transport: Transport,
  batch: readonly SettledMarket[],
  from: Millis,
): Promise<ReadonlyMap<string, readonly HourCandle[]>> {
  const { start, end } = windowOf(batch, from);
  const query = { start_ts: start / 1000, end_ts: end / 1000, period_interval: 60 } as const;
  const [first] = batch;
  if (first?.archived) return new Map([[first.ticker, await readArchived(transport, first.ticker, query)]]);
  const market_tickers = batch.map(({ ticker }) => ticker).join(',');
  const { markets } = await transport.call(batchGetMarketCandlesticks, { query: { ...query, market_tickers } });
  return new Map(markets.map(({ market_ticker, candlesticks }) => [market_ticker, candlesticks.map(hourCandle)]));
}

function hourCandle({
  end_period_ts: end,
  yes_bid,
  yes_ask,
  price,
  volume_fp,
  open_interest_fp,
}: z.output<typeof candlestickSchema>): HourCandle {
  return {
    end,
    bid: yes_bid.close_dollars ?? undefined,
    ask: yes_ask.close_dollars ?? undefined,
    last: price.close_dollars ?? price.previous_dollars ?? undefined,
    volume: volume_fp ?? undefined,
    openInterest: open_interest_fp ?? undefined,
  };
}

async function readArchived(
  transport: Transport,
  ticker: string,
  query: { readonly start_ts: number; readonly end_ts: number; readonly period_interval: 60 },
): Promise<readonly HourCandle[]> {
  const { candlesticks } = await transport.call(getHistoricalMarketCandlesticks, { params: { ticker }, query });
  return candlesticks.map(({ end_period_ts: end, yes_bid, yes_ask, price, volume, open_interest }) => ({
    end,
    bid: yes_bid.close ?? undefined,
    ask: yes_ask.close ?? undefined,
    last: price.close ?? price.previous ?? undefined,
    volume: volume ?? undefined,
    openInterest: open_interest ?? undefined,
  }));
}

/** Whole hours from the first opening, but not before `from`, to the last close. */
function windowOf(batch: readonly SettledMarket[], from: Millis): { readonly start: Millis; readonly end: Millis } {
  const start = Math.max(from, Math.min(...batch.map(({ openTime }) => openTime)));
  const end = Math.max(...batch.map(({ closeTime }) => closeTime), start);
  return { start: Math.floor(start / HOUR) * HOUR, end: Math.ceil(end / HOUR) * HOUR };
}
