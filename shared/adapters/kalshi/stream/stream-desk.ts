import { DepthBook } from '../../../domain/depth-book.ts';
import type { Millis } from '../../../domain/money.ts';
import type { Channel, StreamEvent } from '../../../ports/market-stream.ts';
import { applyDelta, applySnapshot, type BookPayload } from '../book-message.ts';
import { decodeValue } from '../decode-answer.ts';
import type { SchemaCanary } from '../schema-canary.ts';
import { type Envelope, readEnvelope } from './envelope.ts';
import { eventReaders } from './stream-events.ts';
import { errorMessage, subscribedMessage } from './stream-schemas.ts';
import { type Command, inSequence, type Subscription, Subscriptions } from './subscriptions.ts';

/** What a message leads to: events for who listens, commands for the exchange, now or after a pause. */
export interface Reaction {
  readonly events: readonly StreamEvent[];
  readonly commands: readonly Command[];
  /** The subscription was cut off: send the commands only after a back-off. */
  readonly later?: true;
}

const nothing: Reaction = { events: [], commands: [] };

/** Errors that end a subscription: its channel failed, or we read too slowly. */
const ENDS_SUBSCRIPTION: readonly number[] = [10, 25];

/** Turns messages of the stream into events, keeps the books, and knows what to ask for when something was missed. */
export class StreamDesk {
  readonly subscriptions = new Subscriptions();
  readonly #books = new Map<string, DepthBook>();
  readonly #canary: SchemaCanary;

  constructor(canary: SchemaCanary) {
    this.#canary = canary;
  }

  book(ticker: string): DepthBook | undefined {
    return this.#books.get(ticker);
  }

  watch(channel: Channel, tickers: readonly string[]): readonly Command[] {
    if (channel === 'books') for (const ticker of tickers) if (!this.#books.has(ticker)) this.#books.set(ticker, new DepthBook(ticker));
    return this.subscriptions.want(channel, tickers);
  }

  unwatch(channel: Channel, tickers: readonly string[]): readonly Command[] {
    if (channel === 'books') for (const ticker of tickers) this.#books.delete(ticker);
    return this.subscriptions.drop(channel, tickers);
  }

  /** Without a connection no book is true. */
  disconnected(at: Millis, detail: string): readonly StreamEvent[] {
    return this.#stale([...this.#books.keys()], at, detail);
  }

  /** One message. Throws ExchangeError when it cannot be read. */
  receive(text: string, at: Millis): Reaction {
    const message = readEnvelope(text);
    if (message.type === 'subscribed') return this.#confirmed(message);
    if (message.type === 'error') return this.#refused(message, at);
    const subscription = this.subscriptions.get(message.sid);
    if (!subscription) return nothing;
    const missed = inSequence(subscription, message.seq) ? nothing : this.#missed(subscription, message, at);
    const told = this.#told(subscription, message, at);
    return { events: [...missed.events, ...told.events], commands: [...missed.commands, ...told.commands] };
  }

  #confirmed({ msg }: Envelope): Reaction {
    const { channel, sid } = decodeValue('stream.subscribed', subscribedMessage, msg, this.#canary);
    this.subscriptions.confirm(channel, sid);
    return nothing;
  }

  #refused({ id, sid, msg }: Envelope, at: Millis): Reaction {
    const { code, msg: words = 'no reason given' } = decodeValue('stream.error', errorMessage, msg, this.#canary);
    const subscription = this.subscriptions.get(sid);
    const channel = subscription?.channel ?? this.subscriptions.refused(id);
    const detail = `${channel ?? 'command'}: ${words}`;
    const events: StreamEvent[] = [{ kind: 'refused', at, code: String(code), detail, fix: fixOf(code), terminal: false }];
    if (!subscription || !ENDS_SUBSCRIPTION.includes(code)) return { events, commands: [] };
    const lost = this.#lost(subscription, at, detail);
    return { events: [...events, ...lost], commands: this.subscriptions.renew(subscription, false), later: true };
  }

  /** Something is missing. Books get a snapshot; if that fails too, the subscription is made anew. */
  #missed(subscription: Subscription, { seq }: Envelope, at: Millis): Reaction {
    const events = this.#lost(subscription, at, `message ${seq} does not follow the one before`);
    if (subscription.channel !== 'books') return { events, commands: [] };
    if (subscription.recovering) return { events, commands: this.subscriptions.renew(subscription, true) };
    return { events, commands: this.subscriptions.snapshots(subscription, [...this.#books.keys()]) };
  }

  #lost({ channel }: Subscription, at: Millis, detail: string): readonly StreamEvent[] {
    return channel === 'books' ? this.#stale([...this.#books.keys()], at, detail) : [{ kind: 'gap', at, channel, detail }];
  }

  #told(subscription: Subscription, { type, msg }: Envelope, at: Millis): Reaction {
    if (type === 'orderbook_snapshot' || type === 'orderbook_delta')
      return this.#bookChanged(subscription, type, (msg ?? {}) as BookPayload, at);
    const reader = eventReaders.get(type);
    if (reader) return { events: [reader(msg, at, this.#canary)], commands: [] };
    if (!control.includes(type)) this.#canary.see('unknown', `stream.type=${type.slice(0, 40)}`);
    return nothing;
  }

  #bookChanged(subscription: Subscription, type: string, msg: BookPayload, at: Millis): Reaction {
    const book = this.#books.get(String(msg.market_ticker));
    if (!book) return nothing;
    const wasStale = book.stale;
    const when = typeof msg.ts_ms === 'number' ? msg.ts_ms : at;
    const fault = type === 'orderbook_snapshot' ? applySnapshot(book, msg, 'yes', when) : applyDelta(book, msg, 'yes', when);
    if (fault) {
      const events: StreamEvent[] = [{ kind: 'stale', at, tickers: [book.ticker], detail: `${type} is ${fault}` }];
      return { events, commands: this.subscriptions.snapshots(subscription, [book.ticker]) };
    }
    if (book.stale) return nothing;
    if (wasStale) subscription.recovering = [...this.#books.values()].some(({ stale }) => stale);
    return { events: [{ kind: 'book', at, book }], commands: [] };
  }

  #stale(tickers: readonly string[], at: Millis, detail: string): readonly StreamEvent[] {
    const fresh = tickers.filter((ticker) => this.#books.get(ticker)?.stale === false);
    for (const ticker of fresh) {
      const book = this.#books.get(ticker);
      if (book) book.stale = true;
    }
    return fresh.length > 0 ? [{ kind: 'stale', at, tickers: fresh, detail }] : [];
  }
}

/** Answers to commands that need no reaction. */
const control: readonly string[] = ['ok', 'unsubscribed', 'market_position', 'event_lifecycle', 'event_fee_update'];

function fixOf(code: number): string {
  if (ENDS_SUBSCRIPTION.includes(code)) return 'nothing: it is subscribed anew; if it repeats, watch fewer markets';
  if (code === 26) return 'watch fewer markets on this connection';
  if (code === 27) return 'send fewer commands a second';
  return 'check the names of the markets';
}
