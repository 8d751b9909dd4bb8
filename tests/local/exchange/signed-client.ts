import { constants, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

/** Where an exchange is and who we are there. */
export interface Target {
  readonly baseUrl: string;
  readonly keyId: string;
  /** PEM. */
  readonly privateKey: string;
  /** Time to sign with; the machine's own unless the exchange lives in another. */
  readonly now?: () => number;
}

/** The time there. */
export function timeAt({ now }: Target): number {
  return now?.() ?? Date.now();
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // What the exchange says is what these tests are about: looked at, not trusted.
  readonly body: ReturnType<typeof JSON.parse>;
}

export type Send = (method: string, path: string, body?: unknown, extra?: Readonly<Record<string, string>>) => Promise<Reply>;

/** The least a client needs: signs and sends. `extra` headers win over the signed ones. */
export function signedClient(target: Target, send: typeof fetch = fetch): Send {
  const { baseUrl, keyId, privateKey } = target;
  const key = createPrivateKey(privateKey);
  return async (method, path, body, extra = {}) => {
    const url = new URL(baseUrl + path);
    const timestamp = String(timeAt(target));
    const headers = {
      'KALSHI-ACCESS-KEY': keyId,
      'KALSHI-ACCESS-TIMESTAMP': timestamp,
      'KALSHI-ACCESS-SIGNATURE': signature(key, `${timestamp}${method}${url.pathname}`),
      ...extra,
    };
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const response = await send(new Request(url, { method, headers, ...(text === undefined ? undefined : { body: text }) }));
    const answer = await response.text();
    return { status: response.status, headers: response.headers, body: answer === '' ? undefined : JSON.parse(answer) };
  };
}

const REFILL_MS = 500;

/** The same, waiting where there were too many requests: what was answered 429 was not done. */
export function patient(send: Send): Send {
  return async (...request) => {
    for (let tries = 0; tries < 20; tries++) {
      const reply = await send(...request);
      if (reply.status !== 429) return reply;
      await setTimeout(REFILL_MS);
    }
    return send(...request);
  };
}

export function signature(key: KeyObject, text: string, saltLength: number = constants.RSA_PSS_SALTLEN_DIGEST): string {
  const message = Buffer.from(text);
  if (key.asymmetricKeyType === 'ed25519') return sign(null, message, key).toString('base64');
  return sign('sha256', message, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }).toString('base64');
}
