import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault, FaultPlan } from './faults.ts';
import { FaultQueue, faults, isFault } from './faults.ts';
import { readRequest } from './read-request.ts';
import { chatBody, offered, responseBody } from './replies.ts';

export interface AnalystServerOptions {
  readonly port?: number;
  readonly seed?: string;
  /** The key it takes; any when absent. */
  readonly apiKey?: string;
  /** How long `slow` answers take. */
  readonly slowMs?: number;
}

/** A request as it came, for those who ask what was sent. */
export interface SeenRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

export interface AnalystServer {
  /** With /v1. */
  readonly baseUrl: string;
  readonly seen: readonly SeenRequest[];
  plan(plan: FaultPlan): void;
  clear(): void;
  close(): Promise<void>;
}

/** What a server remembers between requests. */
interface Memory {
  readonly options: AnalystServerOptions;
  readonly queue: FaultQueue;
  readonly seen: SeenRequest[];
  /** How often each prompt was asked. */
  readonly turns: Map<string, number>;
}

/**
 * A local xAI: Responses, Chat Completions and the list of models, with structured output, usage, cost and every failure
 * on demand (`plan`, or POST /control with {fault, times, model}). Answers depend on the seed and the prompt alone.
 */
export async function startAnalystServer(options: AnalystServerOptions = {}): Promise<AnalystServer> {
  const memory: Memory = { options, queue: new FaultQueue(), seen: [], turns: new Map() };
  const server = createServer((request, response) => {
    handle(memory, request, response).catch((error: unknown) => {
      if (!response.headersSent) send(response, 500, { code: 'Internal error', error: String(error) });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('analyst: no port. Fix: give another port');
  return {
    baseUrl: `http://127.0.0.1:${address.port}/v1`,
    seen: memory.seen,
    plan: (plan) => memory.queue.plan(plan),
    clear: () => memory.queue.clear(),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
    },
  };
}

async function handle(memory: Memory, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  const body = await textOf(request);
  if (path === '/control') return control(memory.queue, request.method, body, response);
  const { authorization } = request.headers;
  memory.seen.push({ path, authorization, body });
  const refused = refuseKey(authorization, memory.options.apiKey);
  if (refused !== undefined) return send(response, refused.status, refused.body);
  if (request.method === 'GET' && path === '/v1/models') return send(response, 200, modelList());
  if (request.method !== 'POST' || !(path === '/v1/responses' || path === '/v1/chat/completions')) {
    return send(response, 404, { code: 'Not found', error: `${request.method} ${path} is not served` });
  }
  return answer(memory, path, body, response);
}

/** Asks as a person with a terminal would: {"fault": NAME, "times": N, "model": NAME}; DELETE forgets all. */
function control(queue: FaultQueue, method: string | undefined, body: string, response: ServerResponse): void {
  if (method === 'DELETE') queue.clear();
  const { fault, times, model } = method === 'POST' ? (JSON.parse(body) as Partial<Record<keyof FaultPlan, unknown>>) : {};
  if (isFault(fault)) queue.plan({ fault, ...(typeof times === 'number' && { times }), ...(typeof model === 'string' && { model }) });
  if (method === 'POST' && !isFault(fault)) send(response, 400, { error: `fault: unknown. Fix: one of ${faults.join(', ')}` });
  else send(response, 200, { ok: true });
}

async function answer({ options, queue, turns }: Memory, path: string, body: string, response: ServerResponse): Promise<void> {
  const request = readRequest(path, parse(body));
  if ('status' in request) return send(response, request.status, { code: request.code, error: request.error });
  if (!(request.model in offered)) {
    const error = `The model ${request.model} does not exist or your team does not have access to it.`;
    return send(response, 404, { code: 'Some requested entity was not found', error });
  }
  const fault = queue.next(request.model);
  if (fault !== undefined && (await fails(fault, response, options.slowMs ?? 200))) return;
  const input = sameFence(request.input);
  const prompt = `${request.model}\n${request.instructions}\n${input}`;
  const turn = turns.get(prompt) ?? 0;
  turns.set(prompt, turn + 1);
  const seed = options.seed ?? 'pilot';
  const id = createHash('sha256').update(`${seed}|${prompt}|${turn}`).digest('hex').slice(0, 24);
  const asked = { ...request, input, seed, turn };
  const write = path === '/v1/responses' ? responseBody : chatBody;
  return send(response, 200, write(asked, fault, id, Date.now()));
}

/** Plays faults of the road; true when nothing is left to answer. */
async function fails(fault: Fault, response: ServerResponse, slowMs: number): Promise<boolean> {
  switch (fault) {
    case 'rate-limited':
      send(response, 429, { code: 'Some resource has been exhausted', error: 'Too many requests.' }, { 'retry-after': '2' });
      return true;
    case 'server-error':
      send(response, 503, { code: 'The service is currently unavailable', error: 'The model is at capacity.' });
      return true;
    case 'unauthorised':
      send(response, 400, { code: 'Client specified an invalid argument', error: 'Incorrect API key provided: xa***ey.' });
      return true;
    case 'garbage':
      response.writeHead(200, { 'content-type': 'application/json' }).end('<html>not json\u0000');
      return true;
    case 'disconnect':
      response.destroy();
      return true;
    case 'drip':
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":');
      return true;
    case 'slow':
      await wait(slowMs);
      return false;
    default:
      return fault === 'hang';
  }
}

function refuseKey(authorization: string | undefined, key: string | undefined) {
  const given = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
  if (given === undefined) return { status: 401, body: { code: 'Unauthenticated', error: 'No API key provided.' } };
  if (key === undefined || given === key) return undefined;
  const error = `Incorrect API key provided: ${given.slice(0, 2)}***${given.slice(-2)}.`;
  return { status: 400, body: { code: 'Client specified an invalid argument', error } };
}

function modelList(): object {
  const data = Object.keys(offered).map((id) => ({ id, object: 'model', created: 1_790_000_000, owned_by: 'xai' }));
  return { object: 'list', data };
}

/** The fence is random for every call: it must not decide what is answered. */
function sameFence(input: string): string {
  const fence = /<<(\S+) /.exec(input)?.[1];
  return fence === undefined ? input : input.replaceAll(fence, 'FENCE');
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

function send(response: ServerResponse, status: number, body: object, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
