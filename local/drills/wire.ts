import type { Exchange } from '../exchange/create-exchange.ts';

/** Where a host's requests go. The transport calls the global fetch, as it does everywhere. */
export interface Line {
  readonly exchange: Exchange;
  turn<T>(where: string, act: () => Promise<T>): Promise<T>;
  sending(id: string): Promise<void>;
  /** Told of each answer. */
  answered(where: string, status: number): void;
}

const lines = new Map<string, Line>();

/** Puts the simulated exchange behind a host name for one process of a drill. */
export function layLine(host: string, line: Line): void {
  lines.set(host, line);
  globalThis.fetch = throughLine;
}

async function throughLine(input: Parameters<typeof fetch>[0], init?: RequestInit): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : input);
  const line = lines.get(url.host);
  if (!line) throw new TypeError(`${url.host}: nothing is there. Fix: reach nothing but the simulated exchange in a drill`);
  const method = init?.method ?? 'GET';
  const where = `${method} ${url.pathname}`;
  return line.turn(where, async () => {
    const placing = method === 'POST' && url.pathname.endsWith('/portfolio/events/orders');
    if (placing) await line.sending(clientIdOf(init?.body));
    const { signal: _signal, ...plain } = init ?? {};
    const response = await line.exchange.fetch(new Request(url, plain as RequestInit));
    const text = await response.text();
    line.answered(where, response.status);
    return heard(response, text);
  });
}

/** An answer whose body has come: nothing of it is left to wait for, so turns stay whole. */
function heard({ status, headers }: Response, text: string): Response {
  return { status, headers, text: () => Promise.resolve(text) } as Response;
}

function clientIdOf(body: RequestInit['body']): string {
  const { client_order_id: id } = JSON.parse(typeof body === 'string' ? body : '{}') as { readonly client_order_id?: string };
  return id ?? 'without a client id';
}
