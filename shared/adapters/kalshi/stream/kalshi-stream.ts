import { WebSocket } from 'ws';
import type { DepthBook } from '../../../domain/depth-book.ts';
import type { Clock } from '../../../ports/clock.ts';
import { ExchangeError } from '../../../ports/exchange-error.ts';
import type { Channel, MarketStream, StreamEvent } from '../../../ports/market-stream.ts';
import { fullJitter } from '../backoff.ts';
import { readErrorBody } from '../error-body.ts';
import { refusal } from '../refusal.ts';
import type { SchemaCanary } from '../schema-canary.ts';
import type { Signer } from '../signer.ts';
import { StreamDesk } from './stream-desk.ts';
import type { Command } from './subscriptions.ts';

export interface StreamOptions {
  readonly url: URL;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly random: () => number;
  readonly canary: SchemaCanary;
  /** The exchange's clock less ours, ms. */
  readonly skew: () => number | undefined;
  readonly onEvent: (event: StreamEvent) => void;
}

/** The exchange pings every 10 s: after three missed ones the connection is dead, whatever the socket says. */
const SILENCE_MS = 30_000;
const HANDSHAKE_MS = 10_000;
const MAX_MESSAGE = 64 * 1024 * 1024;

/**
 * The stream of Kalshi: connects when made, signs every handshake, answers pings, and comes back by itself with a growing
 * pause. Only a refused key ends it, since trying again would not help.
 */
export class KalshiStream implements MarketStream {
  readonly #options: StreamOptions;
  readonly #desk: StreamDesk;
  #socket: WebSocket | undefined;
  #attempt = 0;
  #lastSign = 0;
  #closed = false;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#desk = new StreamDesk(options.canary);
    this.#connect();
  }

  watch(channel: Channel, tickers: readonly string[] = []): void {
    this.#send(this.#desk.watch(channel, tickers));
  }

  unwatch(channel: Channel, tickers: readonly string[]): void {
    this.#send(this.#desk.unwatch(channel, tickers));
  }

  book(ticker: string): DepthBook | undefined {
    return this.#desk.book(ticker);
  }

  close(): Promise<void> {
    this.#closed = true;
    const socket = this.#socket;
    if (!socket || socket.readyState === WebSocket.CLOSED) return Promise.resolve();
    return new Promise((resolve) => {
      socket.once('close', () => resolve());
      socket.terminate();
    });
  }

  #connect(): void {
    const { url, signer, clock, skew } = this.#options;
    const headers = { ...signer.headers('GET', url.pathname, clock.now() + (skew() ?? 0)) };
    const socket = new WebSocket(url, { headers, handshakeTimeout: HANDSHAKE_MS, maxPayload: MAX_MESSAGE, perMessageDeflate: false });
    let reason = 'closed by the exchange';
    this.#socket = socket;
    this.#alive();
    const watchdog = setInterval(() => this.#checkPulse(socket), SILENCE_MS / 3).unref();
    socket.on('open', () => this.#opened());
    socket.on('ping', () => this.#alive());
    // Text arrives as one buffer unless the socket is told otherwise.
    socket.on('message', (data) => this.#received((data as Buffer).toString()));
    socket.on('unexpected-response', (_request, response) => {
      reason = `the handshake was answered with ${response.statusCode}`;
      void this.#denied(response.statusCode ?? 0, response).finally(() => socket.terminate());
    });
    socket.on('error', (error) => {
      if (!reason.startsWith('the handshake')) reason = error.message;
    });
    socket.on('close', () => {
      clearInterval(watchdog);
      this.#lost(reason);
    });
  }

  #opened(): void {
    this.#alive();
    this.#options.onEvent({ kind: 'connected', at: this.#options.clock.now() });
    this.#send(this.#desk.subscriptions.restart());
  }

  #received(text: string): void {
    this.#alive();
    this.#attempt = 0;
    const { clock, canary, onEvent } = this.#options;
    try {
      const { events, commands, later } = this.#desk.receive(text, clock.now());
      for (const event of events) onEvent(event);
      if (later) void this.#pause().then(() => this.#send(commands));
      else this.#send(commands);
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error;
      canary.see('refused', 'stream.message');
      onEvent({ kind: 'refused', at: clock.now(), code: error.code, detail: error.message, fix: error.fix, terminal: false });
    }
  }

  /** The handshake was answered with a no. A wrong key will stay wrong; anything else is tried again. */
  async #denied(status: number, response: AsyncIterable<Buffer>): Promise<void> {
    if (status !== 401 && status !== 403) return;
    this.#closed = true;
    const { url, clock, skew, onEvent } = this.#options;
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of response) chunks.push(chunk);
    } catch {
      // What was read until it broke off is all there is to tell.
    }
    const body = readErrorBody(Buffer.concat(chunks).toString());
    const { code, message, fix } = refusal({ name: 'stream', mutation: false, status, body, host: url.host, skew: skew() });
    onEvent({ kind: 'refused', at: clock.now(), code, detail: message, fix, terminal: true });
  }

  #lost(detail: string): void {
    const { clock, onEvent } = this.#options;
    const at = clock.now();
    onEvent({ kind: 'disconnected', at, detail });
    for (const event of this.#desk.disconnected(at, detail)) onEvent(event);
    if (!this.#closed) void this.#pause().then(() => this.#closed || this.#connect());
  }

  #pause(): Promise<void> {
    const pause = fullJitter(this.#attempt, this.#options.random, 500, 30_000);
    this.#attempt++;
    return this.#options.clock.sleep(pause);
  }

  #alive(): void {
    this.#lastSign = this.#options.clock.now();
  }

  #checkPulse(socket: WebSocket): void {
    if (this.#options.clock.now() - this.#lastSign > SILENCE_MS) socket.terminate();
  }

  /** While there is no connection nothing is sent: a new one asks for everything that is wanted. */
  #send(commands: readonly Command[]): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    for (const command of commands) this.#socket.send(JSON.stringify(command));
  }
}
