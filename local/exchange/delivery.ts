import type { Clock } from '../../shared/ports/clock.ts';
import { refusalBody } from './api/refusal-body.ts';
import { tooMany } from './api/token-buckets.ts';
import { API_PATH } from './app.ts';
import type { Faults } from './faults.ts';
import type { Venue } from './venue.ts';
import type { MarketAmendment } from './world/amendable-world.ts';
import { rangesOf } from './world/grid.ts';

/** What becomes of a request: an answer, silence, or a broken connection. */
export type Delivery =
  | { readonly kind: 'answered'; readonly response: Response }
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
export async function deliver(
  { venue, faults, amend }: Wire,
  request: Request,
  app: (request: Request) => Promise<Response>,
): Promise<Delivery> {
  const write = request.method !== 'GET';
  if (faults.during('storm-429', venue.clock.now())) {
    return { kind: 'answered', response: Response.json(refusalBody(tooMany()), { status: 429 }) };
  }
  if (write && faults.hits('timeout-before')) return { kind: 'silent' };
  const dropped = faults.hits('dropped');
  if (dropped && faults.choose(2) === 0) return { kind: 'dropped' };
  if (faults.hits('tick-change')) await coarsen(venue, request, amend);
  const response = await app(request);
  if (dropped) return { kind: 'dropped' };
  if (write && faults.hits('timeout-after')) return { kind: 'silent' };
  if (write && faults.hits('error-after')) {
    const status = [500, 502, 503, 504][faults.choose(4)] ?? 500;
    return {
      kind: 'answered',
      response: Response.json({ error: { code: 'internal_server_error', message: 'internal server error' } }, { status }),
    };
  }
  const { pageDelayMs } = venue.settings;
  if (pageDelayMs > 0 && new URL(request.url).pathname === `${API_PATH}/markets`) await venue.clock.sleep(pageDelayMs);
  if (faults.hits('slow-body')) return { kind: 'answered', response: await trickled(response, venue.clock) };
  if (faults.hits('half-body')) return { kind: 'answered', response: await halved(response) };
  return { kind: 'answered', response };
}

/** A delivery as fetch would give it. */
export async function fetched(delivery: Delivery, signal: AbortSignal, clock: Clock): Promise<Response> {
  if (delivery.kind === 'answered') return delivery.response;
  if (delivery.kind === 'dropped') throw broken('ECONNRESET');
  signal.throwIfAborted();
  await Promise.race([
    clock.sleep(SILENCE_MS),
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    }),
  ]);
  throw broken('UND_ERR_HEADERS_TIMEOUT');
}

function broken(code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

/** The market an order is on its way to gets whole cents. */
async function coarsen({ world, clock }: Venue, request: Request, amend: Wire['amend']): Promise<void> {
  if (request.method !== 'POST' || !new URL(request.url).pathname.endsWith('/portfolio/events/orders')) return;
  const ticker = /"ticker"\s*:\s*"([^"]+)"/.exec(await request.clone().text())?.[1];
  const market = ticker === undefined ? undefined : world.market(ticker);
  if (market && market.createdAt <= clock.now() && market.structure !== 'linear_cent') {
    amend(market.ticker, { structure: 'linear_cent', ranges: rangesOf('linear_cent') });
  }
}

const PIECES = 8;

async function trickled(response: Response, clock: Clock): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  let sent = 0;
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    await clock.sleep(250);
    const next = bytes.subarray(sent, sent + Math.ceil(bytes.length / PIECES) + 1);
    sent += next.length;
    if (next.length > 0) controller.enqueue(next);
    if (sent >= bytes.length) controller.close();
  };
  return new Response(bodyFor(response, new ReadableStream({ pull })), { status: response.status, headers: response.headers });
}

async function halved(response: Response): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  let sent = false;
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    if (sent) controller.error(broken('UND_ERR_SOCKET'));
    else controller.enqueue(bytes.subarray(0, Math.floor(bytes.length / 2) + 1));
    sent = true;
  };
  return new Response(bodyFor(response, new ReadableStream({ pull })), { status: response.status, headers: response.headers });
}

/** A 204 has no body to mangle. */
function bodyFor(response: Response, stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> | null {
  return response.status === 204 ? null : stream;
}
