import type { Millis } from '../../../shared/domain/money.ts';

export const channels = ['orderbook_delta', 'ticker', 'trade', 'fill', 'user_orders', 'market_positions', 'market_lifecycle_v2'] as const;
export type Channel = (typeof channels)[number];

/** One channel of one connection. Its messages are numbered from 1 without gaps. */
export class Subscription {
  readonly sid: number;
  readonly channel: Channel;
  /** NO levels in YES prices; otherwise in NO prices. */
  readonly yesPrices: boolean;
  /** Followed markets; undefined is all. */
  readonly tickers: Set<string> | undefined;
  readonly #send: (text: string) => void;
  #seq = 0;

  constructor(sid: number, channel: Channel, yesPrices: boolean, tickers: Set<string> | undefined, send: (text: string) => void) {
    this.sid = sid;
    this.channel = channel;
    this.yesPrices = yesPrices;
    this.tickers = tickers;
    this.#send = send;
  }

  wants(channel: Channel, ticker: string): boolean {
    return this.channel === channel && (this.tickers?.has(ticker) ?? true);
  }

  send(type: string, msg: object | undefined, at: Millis, id?: number): void {
    this.#seq += 1;
    this.#send(JSON.stringify({ ...(id === undefined ? undefined : { id }), type, sid: this.sid, seq: this.#seq, msg, sending_ts_ms: at }));
  }
}
