import type { Millis } from '../../domain/money.ts';
import { ExchangeError } from '../../ports/exchange-error.ts';
import { CursorGuard } from './cursor-guard.ts';
import { getMarkets, type MarketsQuery } from './endpoints/get-markets.ts';
import { type MarketPage, readMarketPage } from './market-page.ts';
import { planSpans, type Span } from './scan-plan.ts';
import type { Transport } from './transport.ts';

const PAGE = 1000;
/** Chains of pages side by side: a cursor is one at a time, and 8 reach the floor that the rate limit sets. */
const WAYS = 8;
/** Whether the ends of a created_ts filter belong to it is not documented: ask for a second more on both sides. */
const MARGIN: Millis = 1000;

/**
 * Every open market but combos, once. Creation time is cut into spans read side by side; each span asks for a second
 * beyond its ends and keeps only markets made within them, so that none is lost or doubled at a border whatever the
 * exchange's bounds mean. At most one page per span is held at a time. Throws ExchangeError.
 */
export async function* scanMarkets(transport: Transport, signal?: AbortSignal): AsyncGenerator<MarketPage> {
  const first = await readPage(transport, {}, undefined, signal);
  if (first.cursor === '') {
    yield first;
    return;
  }
  // The first page only shows how to cut; its rows come again, each in its span.
  const spans = planSpans(first.created, WAYS, transport.clock.now());
  const undated = new Set<string>();
  yield* merge(spans.map((span) => readSpan(transport, span, undated, signal)));
}

async function* readSpan(transport: Transport, span: Span, undated: Set<string>, signal?: AbortSignal): AsyncGenerator<MarketPage> {
  const guard = new CursorGuard('GetMarkets');
  const keep = (created: Millis, ticker: string) => belongs(span, undated, created, ticker);
  const bounds: MarketsQuery = {
    ...(Number.isFinite(span.from) ? { min_created_ts: (span.from - MARGIN) / 1000 } : {}),
    ...(Number.isFinite(span.to) ? { max_created_ts: (span.to + MARGIN) / 1000 } : {}),
  };
  let cursor = '';
  do {
    const page = await readPage(transport, cursor === '' ? bounds : { ...bounds, cursor }, keep, signal);
    cursor = page.cursor;
    guard.pass(cursor, page.first);
    yield page;
  } while (cursor !== '');
}

/**
 * Whether a span owns a market. Those that do not say when they were made belong to the first span that shows them.
 * Throws when one was made outside of what was asked for: then the filter goes by something else, and nothing is proven.
 */
function belongs(span: Span, undated: Set<string>, created: Millis, ticker: string): boolean {
  if (Number.isNaN(created)) {
    const seen = undated.has(ticker);
    undated.add(ticker);
    return !seen;
  }
  if (created < span.from - 2 * MARGIN || created > span.to + 2 * MARGIN) throw astray(ticker, created);
  return created >= span.from && created < span.to;
}

async function readPage(
  transport: Transport,
  query: MarketsQuery,
  keep?: (created: Millis, ticker: string) => boolean,
  signal?: AbortSignal,
): Promise<MarketPage> {
  const asked = { limit: PAGE, status: 'open', mve_filter: 'exclude', ...query } as const;
  const text = await transport.text(getMarkets, { query: asked }, signal);
  return readMarketPage(text, { at: transport.clock.now(), canary: transport.canary, ...(keep ? { keep } : {}) });
}

function astray(ticker: string, created: Millis): ExchangeError {
  const fix = 'report it: the created_ts filter no longer goes by created_time';
  return new ExchangeError(
    `GetMarkets: ${ticker} was made at ${created}, which was not asked for, so the scan cannot be complete. Fix: ${fix}`,
    {
      outcome: 'unknown',
      code: 'scan_incomplete',
      fix,
    },
  );
}

/** Pages of all chains as they come; the next page of a chain is asked for before the last is handed on. */
async function* merge(chains: readonly AsyncGenerator<MarketPage>[]): AsyncGenerator<MarketPage> {
  const next = (chain: AsyncGenerator<MarketPage>) => chain.next().then((result) => ({ chain, result }));
  const waiting = new Map(chains.map((chain) => [chain, next(chain)]));
  try {
    while (waiting.size > 0) {
      const { chain, result } = await Promise.race(waiting.values());
      if (result.done) waiting.delete(chain);
      else {
        waiting.set(chain, next(chain));
        yield result.value;
      }
    }
  } finally {
    for (const pending of waiting.values()) pending.catch(() => undefined);
  }
}
