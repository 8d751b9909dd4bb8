import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { API_PATH } from './app.ts';
import type { Exchange } from './create-exchange.ts';
import { SILENCE_MS } from './delivery.ts';
import { FEED_PATH, serveFeed } from './feed/sockets.ts';

export interface Listening {
  /** With /trade-api/v2. */
  readonly baseUrl: string;
  readonly wsUrl: string;
  close(): Promise<void>;
}

const PUMP_MS = 200;

/** Serves the exchange on this machine only. Rejects when the port is taken; port 0 takes any. */
export async function listen(exchange: Exchange, { port = 0 }: { readonly port?: number } = {}): Promise<Listening> {
  const server = createServer((request, response) => {
    serve(exchange, request, response).catch(() => response.destroy());
  });
  const closeFeed = serveFeed(exchange, server);
  const address = await bound(server, port);
  const pump = setInterval(() => exchange.advance(), PUMP_MS);
  const close = () => {
    clearInterval(pump);
    closeFeed();
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { baseUrl: `http://127.0.0.1:${address.port}${API_PATH}`, wsUrl: `ws://127.0.0.1:${address.port}${FEED_PATH}`, close };
}

function bound(server: Server, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const busy = error.code === 'EADDRINUSE';
      reject(busy ? new Error(`port ${port}: already in use. Fix: give another --port, or none for a free one`, { cause: error }) : error);
    });
    server.listen(port, '127.0.0.1', () => resolve(server.address() as AddressInfo));
  });
}

async function serve(exchange: Exchange, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const delivery = await exchange.deliver(await requestOf(incoming));
  if (delivery.kind === 'dropped') outgoing.destroy();
  else if (delivery.kind === 'silent') setTimeout(() => outgoing.destroy(), SILENCE_MS).unref();
  else await send(delivery.response, outgoing);
}

async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, [value].flat().join(', '));
  const method = incoming.method ?? 'GET';
  const url = `http://${incoming.headers.host ?? '127.0.0.1'}${incoming.url ?? '/'}`;
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers });
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  return new Request(url, { method, headers, ...(body.length > 0 ? { body } : undefined) });
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  // The exchange's time may be another than this machine's: it says its own, or none.
  outgoing.sendDate = false;
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body) for await (const chunk of response.body) outgoing.write(chunk);
  outgoing.end();
}
