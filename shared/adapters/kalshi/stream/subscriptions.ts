import type { Channel } from '../../../ports/market-stream.ts';

/** A command as it goes out. */
export interface Command {
  readonly id: number;
  readonly cmd: 'subscribe' | 'unsubscribe' | 'update_subscription';
  readonly params: Readonly<Record<string, unknown>>;
}

/** What the exchange feeds under one subscription id. */
export interface Subscription {
  readonly sid: number;
  readonly channel: Channel;
  /** Last sequence number seen; undefined before the first. */
  seq: number | undefined;
  /** A snapshot was asked for and has not come for every book. */
  recovering: boolean;
}

const names: Readonly<Record<Channel, string>> = {
  books: 'orderbook_delta',
  trades: 'trade',
  quotes: 'ticker',
  lifecycle: 'market_lifecycle_v2',
  fills: 'fill',
  orders: 'user_orders',
};
const channelOf: ReadonlyMap<string, Channel> = new Map(Object.entries(names).map(([channel, name]) => [name, channel as Channel]));

/** Markets in one command. */
const BATCH = 500;

/**
 * What is wanted, what is subscribed, and where each subscription's sequence stands. Sends nothing itself: it makes commands
 * and judges answers, so it needs no socket.
 */
export class Subscriptions {
  /** Markets by channel; an empty set is all of them. */
  readonly #wanted = new Map<Channel, Set<string>>();
  readonly #bySid = new Map<number, Subscription>();
  readonly #pending = new Map<number, Channel>();
  #lastId = 0;

  /** Wants more; answers the commands that ask for what is new. */
  want(channel: Channel, tickers: readonly string[]): readonly Command[] {
    const known = this.#wanted.get(channel);
    this.#wanted.set(channel, new Set([...(known ?? []), ...tickers]));
    const added = tickers.filter((ticker) => !known?.has(ticker));
    if (known && added.length === 0) return [];
    return this.#subscribe(channel, added);
  }

  /** Wants these no more. */
  drop(channel: Channel, tickers: readonly string[]): readonly Command[] {
    const wanted = this.#wanted.get(channel);
    const gone = tickers.filter((ticker) => wanted?.delete(ticker));
    if (wanted?.size === 0) this.#wanted.delete(channel);
    if (gone.length === 0) return [];
    return this.sidsOf(channel).map((sid) => this.#update(sid, 'delete_markets', gone));
  }

  /** A new connection knows nothing: asks for everything wanted. */
  restart(): readonly Command[] {
    this.#bySid.clear();
    this.#pending.clear();
    return [...this.#wanted].flatMap(([channel, tickers]) => this.#subscribe(channel, [...tickers]));
  }

  /** Gives up a subscription and asks for its channel anew. */
  renew(subscription: Subscription, alive: boolean): readonly Command[] {
    this.#bySid.delete(subscription.sid);
    const leave = alive ? [this.#command('unsubscribe', { sids: [subscription.sid] })] : [];
    const wanted = this.#wanted.get(subscription.channel);
    return wanted ? [...leave, ...this.#subscribe(subscription.channel, [...wanted])] : leave;
  }

  snapshots(subscription: Subscription, tickers: readonly string[]): readonly Command[] {
    subscription.recovering = true;
    return batched(tickers).map((batch) => this.#update(subscription.sid, 'get_snapshot', batch));
  }

  /** The exchange confirmed a channel; asking twice is answered with the same id. */
  confirm(channelName: string, sid: number): void {
    const channel = channelOf.get(channelName);
    if (channel && !this.#bySid.has(sid)) this.#bySid.set(sid, { sid, channel, seq: undefined, recovering: false });
  }

  /** The channel a refused command was about. */
  refused(id: number | undefined): Channel | undefined {
    const channel = id === undefined ? undefined : this.#pending.get(id);
    if (id !== undefined) this.#pending.delete(id);
    return channel;
  }

  get(sid: number | undefined): Subscription | undefined {
    return sid === undefined ? undefined : this.#bySid.get(sid);
  }

  sidsOf(channel: Channel): readonly number[] {
    return [...this.#bySid.values()].filter((subscription) => subscription.channel === channel).map(({ sid }) => sid);
  }

  #subscribe(channel: Channel, tickers: readonly string[]): readonly Command[] {
    const narrowed = channel !== 'lifecycle' && tickers.length > 0 ? batched(tickers).map((batch) => ({ market_tickers: batch })) : [{}];
    // Said explicitly: what it means when left out is going to change.
    const extra = channel === 'books' ? { use_yes_price: true } : {};
    return narrowed.map((markets) => {
      const command = this.#command('subscribe', { channels: [names[channel]], ...extra, ...markets });
      this.#pending.set(command.id, channel);
      return command;
    });
  }

  #update(sid: number, action: string, tickers: readonly string[]): Command {
    return this.#command('update_subscription', { sid, action, market_tickers: tickers });
  }

  #command(cmd: Command['cmd'], params: Command['params']): Command {
    this.#lastId++;
    return { id: this.#lastId, cmd, params };
  }
}

/** Takes note of a message's number. False when one before it is missing; sequences run per subscription. */
export function inSequence(subscription: Subscription, seq: number | undefined): boolean {
  if (seq === undefined) return true;
  const last = subscription.seq;
  subscription.seq = seq;
  return last === undefined || seq === last + 1;
}

function batched(tickers: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(tickers.length / BATCH) }, (_, index) => tickers.slice(index * BATCH, (index + 1) * BATCH));
}
