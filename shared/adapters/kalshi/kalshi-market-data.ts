import type { Board } from '../../domain/board.ts';
import type { MarketOutcome } from '../../domain/market.ts';
import { type Millis, ONE_DOLLAR, type Usd } from '../../domain/money.ts';
import type { ExchangeStatus, MarketData, OrderBook } from '../../ports/exchange.ts';
import { getExchangeStatus } from './endpoints/get-exchange-status.ts';
import { getHistoricalMarkets } from './endpoints/get-historical-markets.ts';
import { getMarketOrderbooks } from './endpoints/get-market-orderbooks.ts';
import { getMarkets } from './endpoints/get-markets.ts';
import type { MarketAnswer } from './endpoints/market-schema.ts';
import type { OrderBookAnswer } from './endpoints/order-book-schema.ts';
import { batches, FactsReader } from './facts-reader.ts';
import { parsePage, readBoard } from './market-page.ts';
import { scanMarkets } from './scan.ts';
import type { Transport } from './transport.ts';

/** Markets, or books, in one request. */
const BATCH = 100;

/** Public market data of Kalshi. Needs no key. */
export class KalshiMarketData implements MarketData {
  readonly #transport: Transport;
  readonly #facts: FactsReader;

  constructor(transport: Transport) {
    this.#transport = transport;
    this.#facts = new FactsReader(transport);
  }

  async *scan(signal?: AbortSignal): AsyncGenerator<Board> {
    for await (const { board } of scanMarkets(this.#transport, signal)) yield board;
  }

  async quotes(tickers: readonly string[]): Promise<Board> {
    const texts = await Promise.all(
      batches([...new Set(tickers)], BATCH).map((batch) =>
        this.#transport.text(getMarkets, { query: { tickers: batch.join(','), limit: 1000 } }),
      ),
    );
    const { canary, clock } = this.#transport;
    const at = clock.now();
    const markets = texts.flatMap((text) => parsePage(text).markets);
    const events = new Set(markets.flatMap((market) => (typeof market?.event_ticker === 'string' ? [market.event_ticker] : [])));
    const facts = await this.#facts.read([...events]);
    return readBoard(markets, { at, canary, facts: (event) => facts.get(event) });
  }

  async orderBooks(tickers: readonly string[], depth: number): Promise<ReadonlyMap<string, OrderBook>> {
    const answers = await Promise.all(
      batches([...new Set(tickers)], BATCH).map((batch) => this.#transport.call(getMarketOrderbooks, { query: { tickers: batch } })),
    );
    const at = this.#transport.clock.now();
    const books = answers.flatMap(({ orderbooks }) => orderbooks);
    return new Map(books.map(({ ticker, orderbook_fp }) => [ticker, orderBook(ticker, orderbook_fp, { at, depth })]));
  }

  async outcomes(tickers: readonly string[]): Promise<readonly MarketOutcome[]> {
    const wanted = [...new Set(tickers)];
    const current = await marketsOf(wanted, (query) => this.#transport.call(getMarkets, { query }));
    const listed = new Set(current.map(({ ticker }) => ticker));
    const missing = wanted.filter((ticker) => !listed.has(ticker));
    const moved = await marketsOf(missing, (query) => this.#transport.call(getHistoricalMarkets, { query }));
    return [...current, ...moved].flatMap((market) => outcomeOf(market) ?? []);
  }

  async status(): Promise<ExchangeStatus> {
    const answer = await this.#transport.call(getExchangeStatus, {});
    const resume = answer.exchange_estimated_resume_time;
    return {
      exchangeActive: answer.exchange_active,
      tradingActive: answer.trading_active,
      shards: new Map(
        (answer.exchange_index_statuses ?? []).map((shard) => [
          shard.exchange_index,
          { exchangeActive: shard.exchange_active, tradingActive: shard.trading_active },
        ]),
      ),
      skew: this.#transport.serverClock.skew(),
      ...(typeof resume === 'number' ? { estimatedResume: resume } : {}),
    };
  }
}

interface TickersQuery {
  readonly tickers: string;
  readonly limit: number;
}

async function marketsOf(
  tickers: readonly string[],
  read: (query: TickersQuery) => Promise<{ readonly markets: readonly MarketAnswer[] }>,
): Promise<readonly MarketAnswer[]> {
  const answers = await Promise.all(batches(tickers, BATCH).map((batch) => read({ tickers: batch.join(','), limit: 1000 })));
  return answers.flatMap(({ markets }) => markets);
}

/** The exchange lists bids from worst to best. */
function orderBook(ticker: string, book: OrderBookAnswer, { at, depth }: { readonly at: Millis; readonly depth: number }): OrderBook {
  const best = (levels: OrderBookAnswer['yes_dollars']) =>
    (levels ?? [])
      .slice(-depth)
      .toReversed()
      .map(([price, count]) => ({ price, count }));
  return { ticker, at, yes: depth > 0 ? best(book.yes_dollars) : [], no: depth > 0 ? best(book.no_dollars) : [] };
}

/** Only a finalized market has ended: before that its result may still be disputed and amended. */
function outcomeOf({ ticker, status, result, settlement_value_dollars, settlement_ts }: MarketAnswer): MarketOutcome | undefined {
  if (status !== 'finalized' || result === undefined || result === '') return undefined;
  const paid = settlement_value_dollars ?? (result === 'scalar' ? undefined : result === 'yes' ? ONE_DOLLAR : (0 as Usd));
  if (paid === undefined || typeof settlement_ts !== 'number') return undefined;
  return { ticker, result, yesValue: paid, settledAt: settlement_ts };
}
