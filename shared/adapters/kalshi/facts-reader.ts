import { effectiveFeeTerms, type FeeChange } from '../../domain/fees.ts';
import type { Millis } from '../../domain/money.ts';
import type { EventAnswer } from './endpoints/event-schema.ts';
import { getEventFeeChanges } from './endpoints/get-event-fee-changes.ts';
import { getEvents } from './endpoints/get-events.ts';
import { getSeries } from './endpoints/get-series.ts';
import { getSeriesFeeChanges } from './endpoints/get-series-fee-changes.ts';
import { getSeriesList } from './endpoints/get-series-list.ts';
import type { SeriesAnswer } from './endpoints/series-schema.ts';
import type { MarketFacts } from './market-terms.ts';
import { allRows } from './pages.ts';
import type { Transport } from './transport.ts';

/** Tickers in one comma-separated parameter: keeps the address below what servers take. */
const BATCH = 100;
/** From so many unknown series on, the whole list is cheaper than one call each. */
const WHOLE_LIST = 10;
/** Longer than from one decision to the next: what a series says of itself changes rarely, and fee changes are read every time. */
const SERIES_AGE: Millis = 3_600_000;

type FeeChanges = ReadonlyMap<string, readonly FeeChange[]>;

/** Reads what events and series say of their markets. Series are remembered for an hour. */
export class FactsReader {
  readonly #transport: Transport;
  readonly #series = new Map<string, { readonly answer: SeriesAnswer; readonly readAt: Millis }>();

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Facts by event, as in force now. An event that the exchange does not list is absent. Throws ExchangeError. */
  async read(events: readonly string[]): Promise<ReadonlyMap<string, MarketFacts>> {
    if (events.length === 0) return new Map();
    const [answers, seriesChanges, eventChanges] = await Promise.all([this.#events(events), this.#seriesChanges(), this.#eventChanges()]);
    await this.#loadSeries(new Set(answers.map((event) => event.series_ticker)));
    const now = this.#transport.clock.now();
    return new Map(answers.map((event) => [event.event_ticker, this.#factsOf(event, { seriesChanges, eventChanges, now })]));
  }

  #factsOf(
    event: EventAnswer,
    { seriesChanges, eventChanges, now }: { seriesChanges: FeeChanges; eventChanges: FeeChanges; now: Millis },
  ): MarketFacts {
    const series = this.#series.get(event.series_ticker)?.answer;
    const base = { at: 0, type: series?.fee_type ?? null, multiplier: series?.fee_multiplier ?? null };
    const override = { at: 0, type: event.fee_type_override ?? null, multiplier: event.fee_multiplier_override ?? null };
    const scheduled = eventChanges.get(event.event_ticker) ?? [];
    return {
      series: event.series_ticker,
      category: series?.category,
      fee: effectiveFeeTerms(base, seriesChanges.get(event.series_ticker) ?? [], [override, ...scheduled], now),
      mutuallyExclusive: event.mutually_exclusive,
      prohibitions: series ? (series.additional_prohibitions ?? []) : undefined,
      sources: sourcesOf(event.settlement_sources ?? series?.settlement_sources),
      shard: event.exchange_index ?? series?.exchange_index ?? undefined,
    };
  }

  async #events(tickers: readonly string[]): Promise<readonly EventAnswer[]> {
    const answers = await Promise.all(
      batches(tickers, BATCH).map((batch) => this.#transport.call(getEvents, { query: { tickers: batch.join(','), limit: 200 } })),
    );
    return answers.flatMap(({ events }) => events);
  }

  async #loadSeries(wanted: ReadonlySet<string>): Promise<void> {
    const now = this.#transport.clock.now();
    const stale = [...wanted].filter((ticker) => now - (this.#series.get(ticker)?.readAt ?? Number.NEGATIVE_INFINITY) > SERIES_AGE);
    for (const answer of await this.#readSeries(stale)) this.#series.set(answer.ticker, { answer, readAt: now });
  }

  async #readSeries(tickers: readonly string[]): Promise<readonly SeriesAnswer[]> {
    if (tickers.length > WHOLE_LIST) return (await this.#transport.call(getSeriesList, {})).series;
    const answers = await Promise.all(tickers.map((ticker) => this.#transport.call(getSeries, { params: { series_ticker: ticker } })));
    return answers.map(({ series }) => series);
  }

  async #seriesChanges(): Promise<FeeChanges> {
    const { series_fee_change_arr: changes } = await this.#transport.call(getSeriesFeeChanges, {});
    const byTicker = Map.groupBy(changes, (change) => change.series_ticker);
    return mapValues(byTicker, ({ scheduled_ts, fee_type, fee_multiplier }) => ({
      at: scheduled_ts,
      type: fee_type,
      multiplier: fee_multiplier,
    }));
  }

  async #eventChanges(): Promise<FeeChanges> {
    const read = async (cursor?: string) => {
      const answer = await this.#transport.call(getEventFeeChanges, { query: { limit: 1000, ...(cursor ? { cursor } : {}) } });
      return { rows: answer.event_fee_changes, cursor: answer.cursor };
    };
    const changes = await allRows(
      'GetEventFeeChanges',
      read,
      ({ id, event_ticker, scheduled_ts }) => id ?? `${event_ticker} ${scheduled_ts}`,
    );
    return mapValues(
      Map.groupBy(changes, (change) => change.event_ticker),
      (change) => ({ at: change.scheduled_ts, type: change.fee_type_override, multiplier: change.fee_multiplier_override }),
    );
  }
}

function sourcesOf(sources: EventAnswer['settlement_sources']): string | undefined {
  const named = (sources ?? []).flatMap(({ name, url }) => name ?? url ?? []);
  return named.length === 0 ? undefined : named.join(', ');
}

/** Lists of at most `size`. */
export function batches<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

function mapValues<From, To>(groups: ReadonlyMap<string, readonly From[]>, to: (value: From) => To): ReadonlyMap<string, readonly To[]> {
  return new Map([...groups].map(([key, values]) => [key, values.map(to)]));
}
