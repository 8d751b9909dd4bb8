import { ExchangeError } from '../../ports/exchange-error.ts';

/** Failures that end before a byte of the request leaves. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/** The operation, and whether it only read. */
interface Asked {
  readonly name: string;
  readonly method: string;
}

/** A request without a readable answer: refused by the network before it left, or nobody knows. */
export function lostAnswer({ name, method }: Asked, error: unknown, timeoutMs: number): ExchangeError {
  if (error instanceof ExchangeError) return error;
  const cause = causeOf(error);
  const options = { cause: error };
  if (neverSent.has(cause)) {
    const fix = 'check the network and KALSHI_BASE_URL';
    return new ExchangeError(`${name}: not sent (${cause}). Fix: ${fix}`, { outcome: 'not-sent', code: cause.toLowerCase(), fix }, options);
  }
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  const code = timedOut ? 'timed_out' : 'connection_lost';
  const what = timedOut ? `no answer within ${timeoutMs} ms` : `no answer (${cause})`;
  const lookFirst = 'ask the exchange what became of it before doing it again';
  const fix = method === 'GET' ? 'check the network and KALSHI_BASE_URL, then ask again' : lookFirst;
  return new ExchangeError(`${name}: ${what}. Fix: ${fix}`, { outcome: 'unknown', code, fix }, options);
}

/** An answer that came but says nothing we can hold: broken JSON, another shape, a word we do not know. */
export function unreadable(name: string, code: 'unreadable_answer' | 'unknown_value', why: string, cause?: unknown): ExchangeError {
  const fix = 'compare with the published openapi.yaml; "pilot doctor" lists what the schema canary saw';
  return new ExchangeError(`${name}: ${why}. Fix: ${fix}`, { outcome: 'unknown', code, fix }, { cause });
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
