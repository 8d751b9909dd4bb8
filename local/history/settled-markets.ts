import { getHistoricalCutoff } from '../../shared/adapters/kalshi/endpoints/get-historical-cutoff.ts';
import { getHistoricalMarkets } from '../../shared/adapters/kalshi/endpoints/get-historical-markets.ts';
import { getMarkets } from '../../shared/adapters/kalshi/endpoints/get-markets.ts';
import type { MarketAnswer } from '../../shared/adapters/kalshi/endpoints/market-schema.ts';
import { allRows } from '../../shared/adapters/kalshi/pages.ts';
import type { Transport } from '../../shared/adapters/kalshi/transport.ts';
import { InvalidValue, type Millis } from '../../shared/domain/money.ts';

/** A market that ended yes or no, with what its candles are asked by. */
export interface SettledMarket {
  readonly ticker: string;
  readonly event: string;
  readonly series: string;
  readonly openTime: Millis;
  readonly closeTime: Millis;
  readonly result: 'yes' | 'no';
  /** Settled too long ago for the usual endpoints. */
  readonly archived: boolean;
}

/** Which markets: settled from one moment to another, of some series or, without any, of all. */
export interface SettledQuery {
  readonly series: readonly string[];
  readonly from: Millis;
  readonly to: Millis;
}

/**
 * Every market that settled yes or no in a span of time, combos left out, oldest close first. What lies before the
 * exchange's cut-off is only listed by series: throws InvalidValue when it is wanted of all. Throws ExchangeError.
 */
export async function settledMarkets(transport: Transport, { series, from, to }: SettledQuery): Promise<readonly SettledMarket[]> {
  const { market_settled_ts: cutoff } = await transport.call(getHistoricalCutoff, {});
  const old = cutoff !== undefined && cutoff !== null && from < cutoff;
  if (old && series.length === 0) {
    const days = Math.floor((to - cutoff) / 86_400_000);
    throw new InvalidValue(
      '--days',
      Math.round((to - from) / 86_400_000),
      `give --series, or at most ${days} days: older markets are listed by series only`,
    );
  }
  const found = new Map<string, SettledMarket>();
  for (const only of series.length === 0 ? [undefined] : series) {
    const recent = await readRecent(transport, { only, from: old ? cutoff : from, to });
    const archive = old && only !== undefined ? await readArchive(transport, only) : [];
    for (const market of recent) keep(found, market, { from, to, archived: false });
    for (const market of archive) keep(found, market, { from, to, archived: true });
  }
  return [...found.values()].sort((a, b) => a.closeTime - b.closeTime || (a.ticker < b.ticker ? -1 : 1));
}

interface Span {
  readonly only: string | undefined;
  readonly from: Millis;
  readonly to: Millis;
}

function readRecent(transport: Transport, { only, from, to }: Span): Promise<readonly MarketAnswer[]> {
  const query = {
    status: 'settled',
    mve_filter: 'exclude',
    limit: 1000,
    min_settled_ts: Math.floor(from / 1000),
    max_settled_ts: Math.ceil(to / 1000),
    ...(only === undefined ? {} : { series_ticker: only }),
  } as const;
  const read = async (cursor: string | undefined) => {
    const answer = await transport.call(getMarkets, { query: { ...query, ...(cursor ? { cursor } : {}) } });
    return { rows: answer.markets, cursor: answer.cursor };
  };
  return allRows('GetMarkets', read, ({ ticker }) => ticker);
}

function readArchive(transport: Transport, series: string): Promise<readonly MarketAnswer[]> {
  const query = { series_ticker: series, mve_filter: 'exclude', limit: 1000 } as const;
  const read = async (cursor: string | undefined) => {
    const answer = await transport.call(getHistoricalMarkets, { query: { ...query, ...(cursor ? { cursor } : {}) } });
    return { rows: answer.markets, cursor: answer.cursor };
  };
  return allRows('GetHistoricalMarkets', read, ({ ticker }) => ticker);
}

/** Markets without a plain result or without times are left out: nothing can be learned from them. */
function keep(
  found: Map<string, SettledMarket>,
  { ticker, event_ticker: event, open_time: openTime, close_time: closeTime, result, settlement_ts: settledAt }: MarketAnswer,
  { from, to, archived }: { readonly from: Millis; readonly to: Millis; readonly archived: boolean },
): void {
  if (typeof event !== 'string' || typeof openTime !== 'number' || typeof closeTime !== 'number') return;
  if ((result !== 'yes' && result !== 'no') || typeof settledAt !== 'number' || settledAt < from || settledAt > to) return;
  found.set(ticker, { ticker, event, series: event.split('-')[0] ?? event, openTime, closeTime, result, archived });
}
