import type { Board } from '../board.ts';
import { ACTIVE, doubleMid } from '../board.ts';
import type { Contracts, Millis, Price } from '../money.ts';
import type { VolumeField } from '../scan/funnel.ts';
import type { Alert, Moment } from '../words/alert.ts';
import { newMarket, priceDrop, rulesChanged, tightSpread } from '../words/exchange-alerts.ts';

/** What is worth a word about a market. Source: seed 003's market alerts. */
export interface MarketWatch {
  readonly volumeField: VolumeField;
  /** Only markets at least this much traded. */
  readonly minVolume: Contracts;
  /** Fall within a day, as a share of the price then. */
  readonly drop: number;
  /** A spread below this. */
  readonly spread: Price;
  /** A market listed within a day that ends within so many days. */
  readonly newDays: number;
}

const DAY: Millis = 86_400_000;
/** Of each kind, the most traded: a flood tells nothing. */
const MOST = 3;

/** Price drops, tight spreads and new short-lived markets, where there is volume. */
export function marketAlerts(moment: Moment, board: Board, watch: MarketWatch): readonly Alert[] {
  const volume = watch.volumeField === 'volume' ? board.volume : board.volume24h;
  const rows = Array.from({ length: board.rows }, (_, row) => row)
    .filter((row) => board.status[row] === ACTIVE && (volume[row] ?? 0) >= watch.minVolume)
    .sort((a, b) => (volume[b] ?? 0) - (volume[a] ?? 0));
  const look = (judge: (row: number) => Alert | undefined) => rows.flatMap((row) => judge(row) ?? []).slice(0, MOST);
  return [
    ...look((row) => dropAlert(moment, board, row, watch)),
    ...look((row) => spreadAlert(moment, board, row, watch)),
    ...look((row) => newAlert(moment, board, row, watch)),
  ];
}

/** What an order or an exit relies on, in words that change when it does. */
export type HeldTerms = Readonly<Record<string, { readonly rules: string; readonly close: string; readonly prices: string }>>;

/** The terms of held markets that are on the board. */
export function heldTerms(board: Board, tickers: readonly string[]): HeldTerms {
  return Object.fromEntries(
    tickers.flatMap((ticker) => {
      const row = board.rowOf(ticker);
      if (row === undefined) return [];
      const { rulesHash, priceRanges } = board.terms(row);
      const close = board.knownClose(row);
      const prices = (priceRanges ?? []).map(({ start, end, step }) => `${start}-${end}/${step}`).join(' ');
      return [[ticker, { rules: rulesHash ?? '', close: Number.isNaN(close) ? '' : new Date(close).toISOString(), prices }] as const];
    }),
  );
}

/** Held markets whose terms are no longer those seen before. What was or became unknown is no change. */
export function changedTerms(moment: Moment, before: HeldTerms, now: HeldTerms): readonly Alert[] {
  const names = { rules: 'rules', close: 'close time', prices: 'price steps' } as const;
  return Object.entries(now).flatMap(([ticker, terms]) => {
    const old = before[ticker];
    const parts = Object.keys(names) as (keyof typeof names)[];
    const changed = old ? parts.filter((part) => old[part] !== '' && terms[part] !== '' && old[part] !== terms[part]) : [];
    return changed.length === 0 ? [] : [rulesChanged(moment, { ticker, changed: changed.map((part) => names[part]) })];
  });
}

function dropAlert(moment: Moment, board: Board, row: number, { drop }: MarketWatch): Alert | undefined {
  const from = board.dayAgo(row);
  const to = doubleMid(board, row) / 2;
  if (!(from > 0 && to < from * (1 - drop))) return undefined;
  return priceDrop(moment, { ...named(board, row), from: Math.round(from) as Price, to: Math.round(to) as Price, window: '24 h' });
}

function spreadAlert(moment: Moment, board: Board, row: number, { spread }: MarketWatch): Alert | undefined {
  const [bid, ask] = [board.bid[row] ?? Number.NaN, board.ask[row] ?? Number.NaN];
  if (Number.isNaN(doubleMid(board, row)) || !(ask - bid < spread)) return undefined;
  return tightSpread(moment, { ...named(board, row), bid: bid as Price, ask: ask as Price });
}

function newAlert(moment: Moment, board: Board, row: number, { newDays }: MarketWatch): Alert | undefined {
  const { openTime } = board.terms(row);
  const closesAt = board.knownClose(row);
  if (openTime === undefined || openTime > board.at || openTime < board.at - DAY) return undefined;
  return closesAt > board.at && closesAt < board.at + newDays * DAY ? newMarket(moment, { ...named(board, row), closesAt }) : undefined;
}

function named(board: Board, row: number): { readonly ticker: string; readonly title?: string } {
  const { title } = board.terms(row);
  return { ticker: board.ticker[row] ?? '', ...(title === undefined ? {} : { title }) };
}
