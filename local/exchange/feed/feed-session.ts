import * as z from 'zod/mini';
import type { Millis } from '../../../shared/domain/money.ts';
import type { Venue } from '../venue.ts';
import type { MarketFacts } from '../world/world.ts';
import { snapshotMessage } from './messages.ts';
import { type Channel, channels, Subscription } from './subscription.ts';

const tickers = { market_ticker: z.optional(z.string()), market_tickers: z.optional(z.array(z.string())) };
const command = z.object({ id: z.optional(z.int()), cmd: z.string(), params: z.optional(z.record(z.string(), z.unknown())) });
const subscribeParams = z.object({
  ...tickers,
  channels: z.array(z.string()).check(z.minLength(1)),
  use_yes_price: z.optional(z.boolean()),
  send_initial_snapshot: z.optional(z.boolean()),
});
const unsubscribeParams = z.object({ sids: z.array(z.int()).check(z.minLength(1)) });
const updateParams = z.object({ ...tickers, sid: z.optional(z.int()), sids: z.optional(z.array(z.int())), action: z.optional(z.string()) });

/** The exchange's error codes of the feed that can arise here. */
const codes = {
  1: 'Unable to process message',
  2: 'Params required',
  3: 'Channels required',
  4: 'Subscription IDs required',
  5: 'Unknown command',
  7: 'Unknown subscription ID',
  8: 'Unknown channel name',
  11: 'Invalid parameter',
  12: 'Exactly one subscription ID is required',
  13: 'Unsupported action',
  14: 'Market Ticker required',
  15: 'Action required',
} as const;
type ErrorCode = keyof typeof codes;

/** Something wrong with a command; becomes an error message. */
class FeedRefusal extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode) {
    super(codes[code]);
    this.code = code;
  }
}

/** One connection: commands in, messages out. */
export class FeedSession {
  readonly #venue: Venue;
  readonly #send: (text: string) => void;
  readonly #forget: () => void;
  readonly #subscriptions = new Map<number, Subscription>();
  #lastSid = 0;

  constructor(venue: Venue, send: (text: string) => void, forget: () => void) {
    this.#venue = venue;
    this.#send = send;
    this.#forget = forget;
  }

  follows(channel: Channel): boolean {
    return [...this.#subscriptions.values()].some((subscription) => subscription.channel === channel);
  }

  tell(channel: Channel, ticker: string, type: string, at: Millis, msg: (subscription: Subscription) => object): void {
    for (const subscription of this.#subscriptions.values()) {
      if (subscription.wants(channel, ticker)) subscription.send(type, msg(subscription), at);
    }
  }

  close(): void {
    for (const subscription of this.#subscriptions.values()) this.#drop(subscription);
    this.#forget();
  }

  /** Carries out one command. What is wrong with it is answered, not thrown. */
  receive(text: string): void {
    const parsed = command.safeParse(parseJson(text));
    if (!parsed.success) {
      this.#sayWrong(1, undefined);
      return;
    }
    const { id, cmd, params } = parsed.data;
    try {
      this.#carryOut(cmd, params, id);
    } catch (error) {
      if (!(error instanceof FeedRefusal)) throw error;
      this.#sayWrong(error.code, id);
    }
  }

  #carryOut(cmd: string, params: object | undefined, id: number | undefined): void {
    const wanted = () => {
      if (params === undefined) throw new FeedRefusal(2);
      return params;
    };
    if (cmd === 'list_subscriptions') this.#list(id);
    else if (cmd === 'subscribe') this.#subscribe(wanted(), id);
    else if (cmd === 'unsubscribe') this.#unsubscribe(wanted(), id);
    else if (cmd === 'update_subscription') this.#update(wanted(), id);
    else throw new FeedRefusal(5);
  }

  #subscribe(params: object, id: number | undefined): void {
    const asked = read(params, subscribeParams, 3);
    const wanted = asked.channels.map((name) => channels.find((channel) => channel === name));
    for (const channel of wanted) {
      if (channel === undefined) throw new FeedRefusal(8);
      const named = tickersIn(asked);
      if (channel === 'orderbook_delta' && !named) throw new FeedRefusal(14);
      const found = [...this.#subscriptions.values()].find((subscription) => subscription.channel === channel);
      const subscription = found ?? this.#open(channel, asked.use_yes_price ?? false, named);
      this.#say({ id, type: 'subscribed', msg: { channel, sid: subscription.sid } });
      this.#follow(subscription, named ?? [], channel !== 'ticker' || (asked.send_initial_snapshot ?? false), id);
    }
  }

  #open(channel: Channel, yesPrices: boolean, named: readonly string[] | undefined): Subscription {
    this.#lastSid += 1;
    const all = channel === 'market_lifecycle_v2' || !named;
    const subscription = new Subscription(this.#lastSid, channel, yesPrices, all ? undefined : new Set(), this.#send);
    this.#subscriptions.set(subscription.sid, subscription);
    return subscription;
  }

  /** Markets a subscription follows become live, so that something happens in them. */
  #follow(subscription: Subscription, named: readonly string[], snapshot: boolean, id: number | undefined): void {
    for (const ticker of named) {
      const market = this.#venue.world.market(ticker);
      if (!market || !subscription.tickers || subscription.tickers.has(ticker)) continue;
      this.#venue.floor.marketAt(market, this.#venue.clock.now()).watchers += 1;
      subscription.tickers.add(ticker);
      if (snapshot && subscription.channel === 'orderbook_delta') this.#snapshot(subscription, market, id);
    }
  }

  #snapshot(subscription: Subscription, market: MarketFacts, id: number | undefined): void {
    const live = this.#venue.floor.live.get(market.ticker);
    if (live)
      subscription.send('orderbook_snapshot', snapshotMessage(market, live.book.ladder(), subscription.yesPrices), this.#venue.now(), id);
  }

  #unsubscribe(params: object, id: number | undefined): void {
    for (const sid of read(params, unsubscribeParams, 4).sids) {
      const subscription = this.#known(sid);
      this.#drop(subscription);
      subscription.send('unsubscribed', undefined, this.#venue.now(), id);
    }
  }

  #drop(subscription: Subscription): void {
    this.#leave(subscription, [...(subscription.tickers ?? [])]);
    this.#subscriptions.delete(subscription.sid);
  }

  #leave(subscription: Subscription, named: readonly string[]): void {
    for (const ticker of named) {
      const live = this.#venue.floor.live.get(ticker);
      if (subscription.tickers?.delete(ticker) && live) live.watchers -= 1;
    }
  }

  #update(params: object, id: number | undefined): void {
    const asked = read(params, updateParams, 11);
    const [sid, another] = asked.sids ?? [asked.sid];
    if (sid === undefined || another !== undefined) throw new FeedRefusal(12);
    if (asked.action === undefined) throw new FeedRefusal(15);
    const subscription = this.#known(sid);
    const named = tickersIn(asked) ?? [];
    if (named.length === 0) throw new FeedRefusal(14);
    if (asked.action === 'get_snapshot') {
      for (const ticker of named) {
        const market = this.#venue.world.market(ticker);
        if (market && subscription.wants('orderbook_delta', ticker)) this.#snapshot(subscription, market, id);
      }
      return;
    }
    if (asked.action === 'add_markets') this.#follow(subscription, named, true, undefined);
    else if (asked.action === 'delete_markets') this.#leave(subscription, named);
    else throw new FeedRefusal(13);
    subscription.send('ok', { market_tickers: [...(subscription.tickers ?? [])] }, this.#venue.now(), id);
  }

  #known(sid: number): Subscription {
    const subscription = this.#subscriptions.get(sid);
    if (!subscription) throw new FeedRefusal(7);
    return subscription;
  }

  #list(id: number | undefined): void {
    this.#say({ id, type: 'ok', msg: [...this.#subscriptions.values()].map(({ sid, channel }) => ({ channel, sid })) });
  }

  #sayWrong(code: ErrorCode, id: number | undefined): void {
    this.#say({ id, type: 'error', msg: { code, msg: codes[code] } });
  }

  #say(message: object): void {
    this.#send(JSON.stringify(message));
  }
}

function tickersIn({
  market_ticker: one,
  market_tickers: many,
}: {
  readonly market_ticker?: string | undefined;
  readonly market_tickers?: readonly string[] | undefined;
}) {
  return many ?? (one === undefined ? undefined : [one]);
}

function read<T>(params: object, schema: z.ZodMiniType<T>, code: ErrorCode): T {
  const parsed = schema.safeParse(params);
  if (!parsed.success) throw new FeedRefusal(code);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
