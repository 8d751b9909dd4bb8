import type { Millis } from '../../domain/money.ts';
import { ExchangeError } from '../../ports/exchange-error.ts';
import { CursorGuard } from './cursor-guard.ts';
import { getMarkets, type MarketsQuery } from './endpoints/get-markets.ts';
import { type MarketPage, readMarketPage } from './market-page.ts';
import { planSpans, type Span } from './scan-plan.ts';
import type { Transport } from './transport.ts';

const PAGE = 1000;
/** Chains of pages side by side: a cursor is one at a time, and 6 reach the floor that the rate limit sets. */
const WAYS = 6;
/** Whether the ends of a created_ts filter belong to it is not documented: ask for a second more on both sides. */
const MARGIN: Millis = 1000;

/**
 * Every open market but combos, once. Creation time is cut into spans read side by side; each span asks for a second
 * beyond its ends and keeps only markets made within them, so that none is lost or doubled at a border whatever the
 * exchange's bounds mean. Pages wait as text and are read one at a time. Throws ExchangeError.
 */
export async function* scanMarkets(transport: Transport, signal?: AbortSignal): AsyncGenerator<MarketPage> {
  const { only, chains } = await begin(transport, signal);
  if (only) yield only;
  const undated = new Set<string>();
  const ask = (chain: Chain, cursor: string) =>
    askPage(transport, cursor === '' ? chain.bounds : { ...chain.bounds, cursor }, signal).then((text) => ({ chain, text }));
  const waiting = new Map(chains.map((chain) => [chain, ask(chain, '')]));
  try {
    while (waiting.size > 0) {
      const { chain, text } = await Promise.race(waiting.values());
      const page = readOwned(transport, text, chain, undated);
      if (page.cursor === '') waiting.delete(chain);
      else waiting.set(chain, ask(chain, page.cursor));
      yield page;
    }
  } finally {
    for (const pending of waiting.values()) pending.catch(() => undefined);
  }
}

/** The first page shows how to cut. Where there are more, its rows come again, each in its span, and it is let go. */
async function begin(
  transport: Transport,
  signal?: AbortSignal,
): Promise<{ readonly only?: MarketPage; readonly chains: readonly Chain[] }> {
  const first = readMarketPage(await askPage(transport, {}, signal), { at: transport.clock.now(), canary: transport.canary });
  if (first.cursor === '') return { only: first, chains: [] };
  return { chains: planSpans(first.created, WAYS, transport.clock.now()).map(chainOf) };
}

/** One span's pages, one after the other. */
interface Chain {
  readonly span: Span;
  readonly bounds: MarketsQuery;
  readonly guard: CursorGuard;
}

function chainOf(span: Span): Chain {
  const bounds: MarketsQuery = {
    ...(Number.isFinite(span.from) ? { min_created_ts: (span.from - MARGIN) / 1000 } : {}),
    ...(Number.isFinite(span.to) ? { max_created_ts: (span.to + MARGIN) / 1000 } : {}),
  };
  return { span, bounds, guard: new CursorGuard('GetMarkets') };
}

function askPage(transport: Transport, query: MarketsQuery, signal?: AbortSignal): Promise<string> {
  const asked = { limit: PAGE, status: 'open', mve_filter: 'exclude', ...query } as const;
  return transport.text(getMarkets, { query: asked }, signal);
}

function readOwned({ clock, canary }: Transport, text: string, { span, guard }: Chain, undated: Set<string>): MarketPage {
  const keep = (created: Millis, ticker: string) => belongs(span, undated, created, ticker);
  const page = readMarketPage(text, { at: clock.now(), canary, keep });
  guard.pass(page.cursor, page.first);
  return page;
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
