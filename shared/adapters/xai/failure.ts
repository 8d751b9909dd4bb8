import type { Usd } from '../../domain/money.ts';
import { sanitise } from '../../domain/safety/sanitise.ts';
import type { NoAnswerReason } from '../../ports/analyst.ts';

/** Why a request gave no reply at all. */
export interface Failure {
  readonly why: NoAnswerReason;
  readonly detail: string;
  readonly fix: string;
  /** 0 when it surely was not billed; undefined when nobody can say. */
  readonly cost: Usd | undefined;
}

const FREE = 0 as Usd;

const fixes = {
  'time-out': 'raise the time-out, or wait: the next model is asked meanwhile',
  unreachable: 'check the base URL and the network',
  unauthorised: 'check the API key and the credits of its account',
  'unknown-model': 'name a model that GET /v1/models lists',
  'rate-limited': 'ask less often, or raise the limit with the provider',
  'server-error': 'wait: the next model is asked meanwhile',
  rejected: 'read the message: the request is not one this provider takes',
  'bad-json': 'check that the base URL is an API of this kind',
} as const satisfies Partial<Record<NoAnswerReason, string>>;
type FailureReason = keyof typeof fixes;

/** What a thrown thing of the client means. `secret` is taken out of every text. */
export async function failureOf(error: unknown, secret: string): Promise<Failure> {
  const { APIConnectionTimeoutError, APIUserAbortError } = await import('openai');
  const aborted = error instanceof DOMException && (error.name === 'AbortError' || error.name === 'TimeoutError');
  const timedOut = aborted || error instanceof APIConnectionTimeoutError || error instanceof APIUserAbortError;
  const detail = withoutSecret(error instanceof Error ? error.message : String(error), secret);
  const [why, cost] = timedOut ? (['time-out', undefined] as const) : reasonOf(error, fieldsOf(error), detail);
  return { why, detail, fix: fixes[why], cost };
}

function reasonOf(error: unknown, { status, cause }: Fields, detail: string): readonly [FailureReason, Usd | undefined] {
  if (status === 401 || status === 403 || (status === 400 && /api key/i.test(detail))) return ['unauthorised', FREE];
  if (status === 404) return ['unknown-model', FREE];
  if (status === 408) return ['time-out', undefined];
  if (status === 429) return ['rate-limited', FREE];
  if (status !== undefined && status >= 500) return ['server-error', undefined];
  if (status !== undefined) return ['rejected', FREE];
  if (error instanceof SyntaxError) return ['bad-json', undefined];
  return ['unreachable', neverLeft(fieldsOf(cause)) ? FREE : undefined];
}

/** The connection was refused or the host does not exist: nothing was asked. */
function neverLeft({ code, cause }: Fields): boolean {
  const known = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
  return known.includes(code ?? '') || (cause !== undefined && neverLeft(fieldsOf(cause)));
}

interface Fields {
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly cause: unknown;
}

function fieldsOf(error: unknown): Fields {
  const record = typeof error === 'object' && error !== null ? (error as Readonly<Record<string, unknown>>) : {};
  return {
    status: typeof record.status === 'number' ? record.status : undefined,
    code: typeof record.code === 'string' ? record.code : undefined,
    cause: record.cause,
  };
}

/** Providers quote parts of a wrong key in their message. */
function withoutSecret(text: string, secret: string): string {
  const plain = secret === '' ? text : text.replaceAll(secret, '[key]');
  return sanitise(plain.replaceAll(/\b(xai|sk)-[\w*.-]+/g, '[key]'), 300);
}
