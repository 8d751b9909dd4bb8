import type * as z from 'zod/mini';
import type { Millis } from '../../domain/money.ts';
import type { Clock } from '../../ports/clock.ts';
import { ExchangeError } from '../../ports/exchange-error.ts';
import { fullJitter } from './backoff.ts';
import { decodeAnswer } from './decode-answer.ts';
import { type CallArguments, type Endpoint, target } from './endpoint.ts';
import { readErrorBody } from './error-body.ts';
import type { BucketName, Limiter } from './limiter.ts';
import { lostAnswer } from './lost-answer.ts';
import { refusal } from './refusal.ts';
import type { SchemaCanary } from './schema-canary.ts';
import { ServerClock } from './server-clock.ts';
import type { Signer } from './signer.ts';

export interface TransportOptions {
  readonly baseUrl: URL;
  /** Absent: public endpoints only. */
  readonly signer?: Signer;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly limiter: Limiter;
  readonly canary: SchemaCanary;
  /** How long one attempt may take, answer read to its end. */
  readonly timeoutMs: number;
}

/** Attempts of a read, the first included. A mutation has one. */
const MAX_ATTEMPTS = 5;
const DEFAULT_COST = 10;

interface Answer {
  readonly status: number;
  readonly text: string;
}

interface Request {
  readonly endpoint: AnyEndpoint;
  readonly args: CallArguments;
  readonly path: string;
  readonly search: string;
}

type AnyEndpoint = Endpoint<CallArguments, z.ZodMiniType>;

/** Sends calls: signed per attempt, within the rate limit and a time-out, reads again when that may help, mutations once. */
export class Transport {
  readonly canary: SchemaCanary;
  readonly limiter: Limiter;
  readonly serverClock = new ServerClock();
  readonly clock: Clock;
  readonly #options: TransportOptions;
  #costs: ReadonlyMap<string, number> = new Map();

  constructor(options: TransportOptions) {
    this.#options = options;
    this.canary = options.canary;
    this.limiter = options.limiter;
    this.clock = options.clock;
  }

  /** Costs as the exchange lists them; endpoints that are not among them keep their own. */
  setCosts(costs: readonly { readonly method: string; readonly path: string; readonly cost: number }[]): void {
    this.#costs = new Map(costs.map(({ method, path, cost }) => [costKey(method, path), cost]));
  }

  /** Calls an endpoint and decodes its answer. Throws ExchangeError. */
  async call<Arguments extends CallArguments, Schema extends z.ZodMiniType>(
    endpoint: Endpoint<Arguments, Schema>,
    args: Arguments,
    signal?: AbortSignal,
  ): Promise<z.output<Schema>> {
    return decodeAnswer(endpoint, await this.text(endpoint, args, signal), this.canary);
  }

  /** The undecoded answer, for pages that are read by hand. Throws ExchangeError. */
  async text(endpoint: AnyEndpoint, args: CallArguments, signal?: AbortSignal): Promise<string> {
    if (endpoint.signed && !this.#options.signer) throw keyless(endpoint.name);
    const { path, search } = target(endpoint, args);
    for (let attempt = 0; ; attempt++) {
      const answer = await this.#attempt({ endpoint, args, path, search }, signal).catch((error: unknown) =>
        lostAnswer(endpoint, error, this.#options.timeoutMs),
      );
      if (!(answer instanceof ExchangeError) && (answer.status < 300 || endpoint.readable?.includes(answer.status))) return answer.text;
      const failure = answer instanceof ExchangeError ? answer : this.#refusal(endpoint, answer);
      if (signal?.aborted || attempt + 1 >= MAX_ATTEMPTS || !worthRepeating(endpoint, failure)) throw failure;
      await this.clock.sleep(fullJitter(attempt, this.#options.random));
    }
  }

  async #attempt({ endpoint, args, path, search }: Request, signal?: AbortSignal): Promise<Answer> {
    const { baseUrl, timeoutMs } = this.#options;
    const bucket = bucketOf(endpoint, args);
    const settle = await this.limiter.acquire(bucket, this.#cost(endpoint, args));
    try {
      const timeout = AbortSignal.timeout(timeoutMs);
      const askedAt = this.clock.now();
      const response = await fetch(`${baseUrl.origin}${baseUrl.pathname}${path}${search}`, {
        method: endpoint.method,
        headers: this.#headers(endpoint, `${baseUrl.pathname}${path}`, args.body !== undefined, askedAt),
        ...(args.body === undefined ? {} : { body: JSON.stringify(args.body) }),
        redirect: 'error',
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      this.serverClock.observe(response.headers.get('date'), askedAt, this.clock.now());
      if (response.status === 429) this.limiter.drain(bucket);
      return { status: response.status, text: await response.text() };
    } finally {
      settle();
    }
  }

  #headers(endpoint: AnyEndpoint, path: string, hasBody: boolean, now: Millis): Record<string, string> {
    const plain = { accept: 'application/json', 'accept-language': 'en', ...(hasBody ? { 'content-type': 'application/json' } : {}) };
    const { signer } = this.#options;
    if (!endpoint.signed || !signer) return plain;
    return { ...plain, ...signer.headers(endpoint.method, path, now + (this.serverClock.skew() ?? 0)) };
  }

  /** Per item for a batch. */
  #cost({ method, path, cost = DEFAULT_COST }: AnyEndpoint, { body }: CallArguments): number {
    const each = this.#costs.get(costKey(method, path)) ?? cost;
    return path.endsWith('/batched') ? each * batchSize(body) : each;
  }

  #refusal(endpoint: AnyEndpoint, { status, text }: Answer): ExchangeError {
    return refusal({
      name: endpoint.name,
      mutation: endpoint.method !== 'GET',
      status,
      body: readErrorBody(text),
      host: this.#options.baseUrl.host,
      skew: this.serverClock.skew(),
    });
  }
}

/** Only reads: refused for speed, failed over there, or lost on the way. */
function worthRepeating({ method }: AnyEndpoint, failure: ExchangeError): boolean {
  return method === 'GET' && (failure.status === 429 || failure.outcome !== 'refused');
}

/** Paths are listed with or without the version before them, and with names of their own for parameters. */
function costKey(method: string, path: string): string {
  return `${method.toUpperCase()} ${path.replace(/^\/trade-api\/v\d+/, '').replaceAll(/\{\w+\}|:\w+/g, '{}')}`;
}

/** An explicit shard from 1 up has its own write bucket; a batch never. */
function bucketOf({ method, path }: AnyEndpoint, { query, body }: CallArguments): BucketName {
  if (method === 'GET') return 'read';
  if (path.endsWith('/batched')) return 'write';
  const inBody = typeof body === 'object' && body !== null && 'exchange_index' in body ? body.exchange_index : undefined;
  const inQuery = query && 'exchange_index' in query ? query.exchange_index : undefined;
  const shard = inBody ?? inQuery;
  return typeof shard === 'number' && shard >= 1 ? `write:${shard}` : 'write';
}

function batchSize(body: unknown): number {
  const items = typeof body === 'object' && body !== null && 'orders' in body ? body.orders : undefined;
  return Array.isArray(items) ? Math.max(1, items.length) : 1;
}

function keyless(name: string): ExchangeError {
  const fix = 'set KALSHI_KEY_ID and KALSHI_PRIVATE_KEY_PATH';
  return new ExchangeError(`${name}: needs a key and there is none. Fix: ${fix}`, { outcome: 'not-sent', code: 'no_key', fix });
}
