import type { Said } from '../exchange/asked.ts';
import type { Exchange } from '../exchange/create-exchange.ts';
import { wholeText } from '../exchange/delivery.ts';

/** Where a host's requests go. The transport calls the global fetch, as it does everywhere. */
export interface Line {
  readonly exchange: Exchange;
  turn<T>(where: string, act: () => Promise<T>): Promise<T>;
  /** Whether whoever asks is about to die. */
  doomed(): boolean;
  sending(id: string): Promise<void>;
  /** Told of each request before it is asked. */
  asked(method: string, path: string): void;
  /** Told of each answer. */
  answered(where: string, status: number): void;
}

const lines = new Map<string, Line>();

/** Puts the simulated exchange behind a host name for one process of a drill. */
export function layLine(host: string, line: Line): void {
  lines.set(host, line);
  globalThis.fetch = throughLine;
}

/** Parts of a path that name one order, series or market. */
const NAMES = /\/(?:[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z][\w.-]+)/g;

async function throughLine(input: Parameters<typeof fetch>[0], init?: RequestInit): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : input);
  const line = lines.get(url.host);
  if (!line) throw new TypeError(`${url.host}: nothing is there. Fix: reach nothing but the simulated exchange in a drill`);
  const method = init?.method ?? 'GET';
  const where = `${method} ${url.pathname.replaceAll(NAMES, '/:name')}`;
  return line.turn(where, async () => {
    line.asked(method, url.pathname);
    const text = typeof init?.body === 'string' ? init.body : '';
    if (method === 'POST' && url.pathname.endsWith('/portfolio/events/orders')) await line.sending(clientIdOf(text));
    const said = await line.exchange.ask({
      method,
      url,
      headers: headersOf(init?.headers as Readonly<Record<string, string>> | undefined),
      text,
    });
    const body = await wholeText(said, line.exchange.venue.clock);
    line.answered(where, said.status);
    return heard(said, () => (line.doomed() ? line.turn('the answer’s body', async () => body) : Promise.resolve(body)));
  });
}

/** An answer whose body has come, so that turns stay whole; only who is about to die may wait for it, and die there. */
function heard({ status, headers }: Said, text: () => Promise<string>): Response {
  const header = (name: string) => headers[name] ?? null;
  return { status, headers: { get: header }, text } as unknown as Response;
}

/** The transport gives its headers as an object; their names are looked for in small letters. */
function headersOf(given: Readonly<Record<string, string>> = {}): { get(name: string): string | null } {
  const byName = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  return { get: (name) => byName.get(name) ?? null };
}

function clientIdOf(text: string): string {
  const { client_order_id: id } = JSON.parse(text) as { readonly client_order_id?: string };
  return id ?? 'without a client id';
}
