import type { Exchange } from '../../../local/exchange/create-exchange.ts';

/** Where one host's requests go, in process. */
export interface OutageWire {
  readonly exchange: Exchange;
  /** An order on its way, by its client id. */
  sending(clientOrderId: string): Promise<void>;
  /** What the exchange cannot be told to do wrong: another answer than its own, given before or after it has done what was asked. */
  tampered(request: Request, ask: () => Promise<Response>): Promise<Response>;
}

const wires = new Map<string, OutageWire>();
const elsewhere = globalThis.fetch;

/** Puts an exchange behind a host name of its own. The transport calls the global fetch, as it does everywhere. */
export function layWire(host: string, wire: OutageWire): void {
  wires.set(host, wire);
  globalThis.fetch = overWire;
}

export function placesOrder({ method, url }: Request): boolean {
  return method === 'POST' && new URL(url).pathname.endsWith('/portfolio/events/orders');
}

async function overWire(input: Parameters<typeof fetch>[0], init?: RequestInit): Promise<Response> {
  const { host, hostname } = new URL(input instanceof Request ? input.url : input);
  const wire = wires.get(host);
  if (!wire && hostname !== '127.0.0.1')
    throw new TypeError(`${host}: nothing is there. Fix: reach nothing beyond this machine in a drill`);
  if (!wire) return elsewhere(input, init);
  const request = new Request(input, init);
  if (placesOrder(request)) await wire.sending(await clientIdOf(request.clone()));
  return wire.tampered(request, () => wire.exchange.fetch(request.clone()));
}

async function clientIdOf(request: Request): Promise<string> {
  const { client_order_id: id } = (await request.json()) as { readonly client_order_id?: string };
  return id ?? 'without a client id';
}
