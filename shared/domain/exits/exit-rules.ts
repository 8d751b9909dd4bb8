import type { Quote } from '../board.ts';
import type { Book } from '../book.ts';
import type { Millis, Price } from '../money.ts';
import type { Position } from '../position.ts';
import { entryPrice } from '../position.ts';

/** When to leave, in the side held. `undefined` switches a rule off. Shares are of the entry price unless said. */
export interface ExitSettings {
  /** Stop: bid at or below entry × (1 − stop). */
  readonly stop: number | undefined;
  /** Profit: bid at or above entry × (1 + recovery). Source: seed 003. */
  readonly recovery: number | undefined;
  /** Profit: bid at or above entry + takeProfit × (1 − entry). */
  readonly takeProfit: number | undefined;
  /** Trailing: armed once the bid was entry + activate dollars, then leaves after giving back `give` of the gain. */
  readonly trail: { readonly activate: Price; readonly give: number } | undefined;
  /** Leaves after this share of the time that was left at entry. Source: seed 003. */
  readonly timeShare: number | undefined;
  /** Leaves everything at this drawdown of the book. Source: seed 003. */
  readonly portfolioStop: number | undefined;
  /** No stop on a quote wider than this: a vanished bid is not a price. */
  readonly maxSpread: Price;
  /** A trigger must hold in two looks at least this far apart. */
  readonly confirmSeconds: number;
  /** No stop or profit taking from here up, or this close to the end: it settles by itself. */
  readonly holdAbove: Price;
  readonly holdMinutes: number;
}

/** What has been seen of a position so far. Kept with it, so that a restart forgets nothing. */
export interface Watch {
  readonly peak: Price;
  /** The last bid seen while the market traded: what it is worth while it waits for its result. */
  readonly lastBid?: Price;
  /** The rule that has triggered and when it was first seen; an exit needs it to hold. */
  readonly trigger?: { readonly reason: ExitReason; readonly since: Millis };
}

/** What a watch is kept under. */
export function watchKey(book: Book, ticker: string): string {
  return `${book}|${ticker}`;
}

export type ExitReason = 'stop' | 'recovery' | 'take-profit' | 'trail' | 'time' | 'portfolio' | 'rotation';

export interface Watched {
  readonly watch: Watch;
  readonly exit?: ExitReason;
}

/** What one look has to go by. `close` and `drawdown` are undefined where unknown: rules that need them stay silent. */
export interface Look {
  readonly quote: Quote;
  readonly close: Millis | undefined;
  readonly drawdown: number | undefined;
  readonly before: Watch | undefined;
}

/** Looks at a held position once. Pure: the same looks in the same order give the same exits. Source: algorithms B13. */
export function watchPosition(position: Position, { quote, close, drawdown, before }: Look, settings: ExitSettings): Watched {
  const entry = entryPrice(position);
  const { bid } = quote;
  const peak = Math.max(before?.peak ?? entry, bid ?? 0) as Price;
  const reason = bid === undefined ? undefined : triggered(position, quote, bid, { entry, peak, close, drawdown, settings });
  const lastBid = bid ?? before?.lastBid;
  const seen: Watch = lastBid === undefined ? { peak } : { peak, lastBid };
  if (reason === undefined) return { watch: seen };
  const since = before?.trigger?.reason === reason ? before.trigger.since : quote.at;
  const watch: Watch = { ...seen, trigger: { reason, since } };
  return quote.at - since >= settings.confirmSeconds * 1000 ? { watch, exit: reason } : { watch };
}

interface Prices {
  readonly entry: Price;
  readonly peak: Price;
  readonly close: Millis | undefined;
  readonly drawdown: number | undefined;
  readonly settings: ExitSettings;
}

function triggered(
  position: Position,
  quote: Quote,
  bid: Price,
  { entry, peak, close, drawdown, settings }: Prices,
): ExitReason | undefined {
  if (settings.portfolioStop !== undefined && drawdown !== undefined && drawdown >= settings.portfolioStop) return 'portfolio';
  if (timeIsUp(position, quote.at, close, settings)) return 'time';
  if (bid >= settings.holdAbove) return undefined;
  if (close !== undefined && close - quote.at <= settings.holdMinutes * 60_000) return undefined;
  const readable = quote.ask !== undefined && quote.ask - bid <= settings.maxSpread;
  if (readable && settings.stop !== undefined && bid <= entry * (1 - settings.stop)) return 'stop';
  if (readable && trailed(entry, peak, bid, settings)) return 'trail';
  if (settings.recovery !== undefined && bid >= entry * (1 + settings.recovery)) return 'recovery';
  if (settings.takeProfit !== undefined && bid >= entry + settings.takeProfit * (10_000 - entry)) return 'take-profit';
  return undefined;
}

function timeIsUp(position: Position, at: Millis, close: Millis | undefined, { timeShare }: ExitSettings): boolean {
  return timeShare !== undefined && close !== undefined && at - position.openedAt > timeShare * (close - position.openedAt);
}

/** At least two whole cents must be given back, so that a tick of noise is no trail. */
function trailed(entry: Price, peak: Price, bid: Price, { trail }: ExitSettings): boolean {
  if (trail === undefined || peak < entry + trail.activate) return false;
  return bid <= peak - Math.max(trail.give * (peak - entry), 200);
}
