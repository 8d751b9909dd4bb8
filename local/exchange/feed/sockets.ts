import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { unauthorized } from '../api/api-keys.ts';
import { refusalBody } from '../api/refusal-body.ts';
import type { Exchange } from '../create-exchange.ts';
import { Refusal } from '../matching/refusal.ts';

export const FEED_PATH = '/trade-api/ws/v2';
const PING_MS = 10_000;
const MOST_CONNECTIONS = 200;

/** Puts the feed on a server's sockets: a signed handshake, a ping every ten seconds, and off with who does not answer one. */
export function serveFeed(exchange: Exchange, server: Server): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1 << 20 });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = refusalOf(exchange, request);
    if (refusal) refuse(socket, refusal);
    else sockets.handleUpgrade(request, socket, head, (connection) => attach(exchange, connection));
  });
  return () => {
    for (const connection of sockets.clients) connection.terminate();
    sockets.close();
  };
}

function refusalOf(exchange: Exchange, request: IncomingMessage): Refusal | undefined {
  const { venue, feed } = exchange;
  const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
  const headers = { get: (name: string) => [request.headers[name]].flat()[0] ?? null };
  try {
    exchange.advance();
    if (path !== FEED_PATH) throw new Refusal(404, 'not_found', 'not found');
    if (!venue.keys.signer({ method: 'GET', path, headers }, venue.now())) throw unauthorized('headers are missing');
    if (venue.halts.exchangeDown) throw new Refusal(503, 'exchange_unavailable', 'exchange is unavailable');
    if (feed.connections >= MOST_CONNECTIONS) throw new Refusal(429, 'too_many_requests', 'too many connections', undefined, 'text');
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function refuse(socket: Duplex, refusal: Refusal): void {
  const body = JSON.stringify(refusalBody(refusal));
  const head = `HTTP/1.1 ${refusal.status} Refused\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close`;
  socket.end(`${head}\r\n\r\n${body}`);
}

/** A message as text, in whichever of its shapes it came. */
function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return data instanceof ArrayBuffer ? Buffer.from(data).toString() : data.toString();
}

function attach({ feed, advance }: Exchange, connection: WebSocket): void {
  const session = feed.connect((text) => connection.send(text));
  let answered = true;
  const heart = setInterval(() => {
    if (!answered) connection.terminate();
    answered = false;
    connection.ping('heartbeat');
  }, PING_MS);
  connection.on('pong', () => {
    answered = true;
  });
  connection.on('message', (data) => {
    advance();
    session.receive(textOf(data));
  });
  connection.on('close', () => {
    clearInterval(heart);
    session.close();
  });
}
