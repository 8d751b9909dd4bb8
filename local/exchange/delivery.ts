import type { Clock } from '../../shared/ports/clock.ts';
import { refusalBody } from './api/refusal-body.ts';
import { tooMany } from './api/token-buckets.ts';
import { API_PATH } from './app.ts';
import { type Asked, jsonSaid, type Said } from './asked.ts';
import type { Faults } from './faults.ts';
import type { Venue } from './venue.ts';
import type { MarketAmendment } from './world/amendable-world.ts';
import { rangesOf } from './world/grid.ts';

/** What becomes of a request: an answer, silence, or a broken connection. */
export type Delivery<Answer = Response> =
  | { readonly kind: 'answered'; readonly response: Answer }
  | { readonly kind: 'silent' }
  | { readonly kind: 'dropped' };

interface Wire {
  readonly venue: Venue;
  readonly faults: Faults;
  readonly amend: (ticker: string, change: MarketAmendment) => void;
}

/** How long a client waits for an answer that never comes, if it has no patience of its own. */
export const SILENCE_MS = 60_000;

/** Carries a request to `app` and its answer back, through what is wrong with the wire. Writes can be lost, reads mangled. */
export async function deliver({ venue, faults, amend }: Wire, asked: Asked, app: (asked: Asked) => Said): Promise<Delivery<Said>> {
  const write = asked.method !== 'GET';
  if (faults.during('storm-429', venue.clock.now())) return answered(jsonSaid(429, refusalBody(tooMany())));
  if (write && faults.hits('timeout-before')) return { kind: 'silent' };
  const dropped = faults.hits('dropped');
  if (dropped && faults.choose(2) === 0) return { kind: 'dropped' };
  if (faults.hits('tick-change')) coarsen(venue, asked, amend);
  const said = app(asked);
  if (dropped) return { kind: 'dropped' };
  if (write && faults.hits('timeout-after')) return { kind: 'silent' };
  if (write && faults.hits('error-after')) {
    const status = [500, 502, 503, 504][faults.choose(4)] ?? 500;
    return answered(jsonSaid(status, { error: { code: 'internal_server_error', message: 'internal server error' } }));
  }
  const { pageDelayMs } = venue.settings;
  if (pageDelayMs > 0 && asked.url.pathname === `${API_PATH}/markets`) await venue.clock.sleep(pageDelayMs);
  if (faults.hits('slow-body')) return answered({ ...said, flow: 'slow' });
  if (faults.hits('half-body')) return answered({ ...said, flow: 'half' });
  return answered(said);
}

function answered(response: Said): Delivery<Said> {
  return { kind: 'answered', response };
}

/** A delivery as fetch would give it. */
export async function fetched<Answer>(delivery: Delivery<Answer>, signal: AbortSignal | undefined, clock: Clock): Promise<Answer> {
  if (delivery.kind === 'answered') return delivery.response;
  if (delivery.kind === 'dropped') throw broken('ECONNRESET');
  signal?.throwIfAborted();
  const impatient = signal && [new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))];
  await Promise.race([clock.sleep(SILENCE_MS), ...(impatient ?? [])]);
  throw broken('UND_ERR_HEADERS_TIMEOUT');
}

/** An answer's body as text, once it has come; throws where it breaks off. */
export async function wholeText({ body = '', flow }: Said, clock: Clock): Promise<string> {
  if (flow === 'half') throw broken('UND_ERR_SOCKET');
  if (flow === 'slow') await clock.sleep(PIECES * PAUSE_MS);
  return typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
}

/** An answer as a Response whose body comes as it does. */
export function responseOf({ status, headers, body, flow }: Said, clock: Clock): Response {
  if (body === undefined || flow === undefined) return new Response(body === undefined ? null : bytesOf(body), { status, headers });
  return new Response(flow === 'slow' ? trickled(bytesOf(body), clock) : halved(bytesOf(body)), { status, headers });
}

function bytesOf(body: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return typeof body === 'string' ? new TextEncoder().encode(body) : Uint8Array.from(body);
}

function broken(code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

/** The market an order is on its way to gets whole cents. */
function coarsen({ world, clock }: Venue, { method, url, text }: Asked, amend: Wire['amend']): void {
  if (method !== 'POST' || !url.pathname.endsWith('/portfolio/events/orders')) return;
  const ticker = /"ticker"\s*:\s*"([^"]+)"/.exec(text)?.[1];
  const market = ticker === undefined ? undefined : world.market(ticker);
  if (market && market.createdAt <= clock.now() && market.structure !== 'linear_cent') {
    amend(market.ticker, { structure: 'linear_cent', ranges: rangesOf('linear_cent') });
  }
}

const PIECES = 8;
const PAUSE_MS = 250;

function trickled(bytes: Uint8Array<ArrayBuffer>, clock: Clock): ReadableStream<Uint8Array<ArrayBuffer>> {
  let sent = 0;
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>) => {
    await clock.sleep(PAUSE_MS);
    const next = bytes.subarray(sent, sent + Math.ceil(bytes.length / PIECES) + 1);
    sent += next.length;
    if (next.length > 0) controller.enqueue(next);
    if (sent >= bytes.length) controller.close();
  };
  return new ReadableStream({ pull });
}

function halved(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let sent = false;
  const pull = (controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>) => {
    if (sent) controller.error(broken('UND_ERR_SOCKET'));
    else controller.enqueue(bytes.subarray(0, Math.floor(bytes.length / 2) + 1));
    sent = true;
  };
  return new ReadableStream({ pull });
}
