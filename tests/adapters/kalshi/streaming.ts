import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, vi } from 'vitest';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { SchemaCanary } from '../../../shared/adapters/kalshi/schema-canary.ts';
import { createSigner } from '../../../shared/adapters/kalshi/signer.ts';
import { KalshiStream } from '../../../shared/adapters/kalshi/stream/kalshi-stream.ts';
import type { StreamEvent } from '../../../shared/ports/market-stream.ts';
import { ed25519Pkcs8, keyId } from './test-keys.ts';
import { VirtualClock } from './virtual-clock.ts';

interface Command {
  readonly id: number;
  readonly cmd: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A stream server for the running test: what each connection was asked, and a way to say things on the newest one. */
export async function streaming({ deny }: { readonly deny?: { readonly status: number; readonly body: object } } = {}) {
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  const handshakes: IncomingMessage[] = [];
  const connections: { socket: WebSocket; commands: Command[] }[] = [];
  server.on('upgrade', (request, socket, head) => {
    handshakes.push(request);
    if (deny) {
      socket.on('error', () => undefined);
      const body = JSON.stringify(deny.body);
      socket.end(`HTTP/1.1 ${deny.status} No\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) => {
      const connection = { socket: accepted, commands: [] as Command[] };
      connections.push(connection);
      accepted.on('message', (data: RawData) => connection.commands.push(JSON.parse((data as Buffer).toString()) as Command));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/trade-api/ws/v2`);
  const events: StreamEvent[] = [];
  const canary = new SchemaCanary();
  const clock = new VirtualClock(Date.now());
  const signer = createSigner({ keyId, privateKey: ed25519Pkcs8 });
  const stream = new KalshiStream({
    url,
    signer,
    clock,
    random: () => 0,
    canary,
    skew: () => 0,
    onEvent: (event) => events.push(snapshotOf(event)),
  });
  onTestFinished(async () => {
    await stream.close();
    sockets.close();
    server.close();
  });
  const say = (...messages: readonly object[]) => {
    for (const message of messages) connections.at(-1)?.socket.send(JSON.stringify(message));
  };
  const asked = (cmd: string) => connections.flatMap(({ commands }) => commands).filter((command) => command.cmd === cmd);
  return { stream, events, canary, handshakes, connections, say, asked, clock };
}

/** Books live on; what a test compares must not. */
function snapshotOf(event: StreamEvent): StreamEvent {
  return event.kind === 'book'
    ? ({ ...event, book: { ticker: event.book.ticker, bid: event.book.bid, ask: event.book.ask } } as unknown as StreamEvent)
    : event;
}

export const eventually = (check: () => void) => vi.waitFor(check, { timeout: 3000, interval: 5 });
export const subscribed = (id: number, sid: number, channel: string) => ({ id, type: 'subscribed', msg: { channel, sid } });
export const snapshot = (seq: number, yes: string, no: string, ticker = 'KXMADE-1') => ({
  type: 'orderbook_snapshot',
  sid: 1,
  seq,
  msg: { market_ticker: ticker, market_id: 'm', yes_dollars_fp: [[yes, '10.00']], no_dollars_fp: [[no, '5.00']] },
});
export const delta = (seq: number, side: string, price_dollars: string, delta_fp: string) => ({
  type: 'orderbook_delta',
  sid: 1,
  seq,
  msg: { market_ticker: 'KXMADE-1', market_id: 'm', price_dollars, delta_fp, side, ts: '2026-11-01T00:00:00Z', ts_ms: 77 },
});
export const kinds = (events: readonly StreamEvent[]) => events.map(({ kind }) => kind);

export async function watching(...tickers: readonly string[]) {
  const told = await streaming();
  told.stream.watch('books', tickers);
  await eventually(() => expect(told.asked('subscribe')).toHaveLength(1));
  told.say(subscribed(1, 1, 'orderbook_delta'));
  return told;
}
