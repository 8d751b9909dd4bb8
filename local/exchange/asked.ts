/** A request as the exchange sees it, with a socket or without. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: { get(name: string): string | null };
  /** Its body; '' without one. */
  readonly text: string;
  readonly signal?: AbortSignal;
}

/** An answer before it is anybody's Response. */
export interface Said {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Nothing for 204. */
  readonly body: string | Uint8Array | undefined;
  /** How the body comes where the wire is bad: bit by bit, or half of it. */
  readonly flow?: 'slow' | 'half';
}

/** What a request asks, its body read. */
export async function askedBy(request: Request): Promise<Asked> {
  const { method, url, headers, signal } = request;
  return { method, url: new URL(url), headers, text: method === 'GET' ? '' : await request.text(), signal };
}

/** An answer in JSON. */
export function jsonSaid(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Said {
  return { status, headers: { ...headers, 'content-type': 'application/json' }, body: bytesOf(body) };
}

function bytesOf(body: unknown): Said['body'] {
  return body === undefined || body instanceof Uint8Array ? body : JSON.stringify(body);
}
