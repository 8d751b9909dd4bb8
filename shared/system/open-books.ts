import { paperExchange } from '../adapters/paper/paper-exchange.ts';
import type { Book } from '../domain/book.ts';
import type { Broker } from '../ports/broker.ts';
import type { Account, MarketData } from '../ports/exchange.ts';
import { usd } from './config/domain-settings.ts';
import { openMarket } from './open-market.ts';
import type { Parts } from './parts.ts';

/** A book's two hands: one sends orders, the other sees what became of them. */
export interface OpenBook {
  readonly book: Book;
  readonly broker: Broker;
  readonly account: Account;
  /** Brings a simulated account up to date; the exchange does that by itself. */
  settle?(): Promise<void>;
}

/** Set to true when a bundle is made for paper: what can reach an order endpoint is then left out of it. */
declare const PILOT_PAPER_BUILD: boolean;

export interface OpenedBooks {
  readonly market: MarketData;
  readonly books: readonly OpenBook[];
}

/** The books this mode trades, over one connection. Paper always; demo or live beside it when the mode says so. */
export async function openBooks(parts: Parts): Promise<OpenedBooks> {
  const { mode } = parts.config;
  if (mode === 'paper') {
    const { marketData: market } = openMarket(parts);
    return { market, books: [openPaper(parts, market)] };
  }
  if (typeof PILOT_PAPER_BUILD === 'undefined' || !PILOT_PAPER_BUILD) {
    const { openExchangeBook } = await import('./open-exchange-book.ts');
    const { market, book } = await openExchangeBook(parts, mode);
    return { market, books: mode === 'live' ? [book, openPaper(parts, market)] : [book] };
  }
  throw new Error(`mode is ${mode}, but this was built for paper. Fix: deploy it with -c mode=${mode}`);
}

function openPaper({ store, clock, config }: Parts, market: MarketData): OpenBook {
  const paper = paperExchange({ records: store.records, market, clock, membership: config.account, cash: usd(config.capital.cash) });
  return { book: 'paper', broker: paper, account: paper, settle: () => paper.match() };
}
