import { runInNewContext } from 'node:vm';
import { Hono } from 'hono';
import { verifyWithJwks } from 'hono/utils/jwt/jwt';
import { doorman } from '../../../lib/doorman.ts';
import { cognitoDesk } from '../../../shared/adapters/cognito/cognito-desk.ts';
import { api } from '../../../shared/api/routes/api.ts';
import type { ApiIo, Assets } from '../../../shared/api/routes/api-io.ts';
import type { Store } from '../../../shared/ports/store.ts';
import { aDesk, type Desk } from '../seeded-desk.ts';
import { listen, openPool, type Pool, type PoolOptions } from './pool.ts';

const CLIENT = 'client-of-the-pool';

export interface Phone extends Desk {
  /** Where CloudFront answers. */
  readonly url: string;
  readonly pool: Pool;
  readonly options: PoolOptions;
  close(): Promise<void>;
}

/** The page as a phone reaches it: the doorman at the edge, the gateway's token check, then our code; and a pool to sign in at. */
export async function openPhone(fill: (store: Store) => Promise<void>, assets?: Assets): Promise<Phone> {
  const options: PoolOptions = { client: CLIENT, callbacks: [], goodbyes: [] };
  const pool = await openPool(options);
  const desk = aDesk();
  await fill(desk.store);
  const front = new Hono();
  let url = '';
  const close = await listen(front, (port) => {
    url = `http://localhost:${port}`;
  });
  options.callbacks.push(`${url}/auth/callback`);
  options.goodbyes.push(`${url}/auth/goodbye`);
  const signIn = cognitoDesk({ domain: pool.domain, issuer: pool.issuer, client: CLIENT, dashboard: url });
  const access: ApiIo['access'] = { secret: 'a secret of the test', origins: [url], hosts: undefined, signIn };
  const app = api({ ...desk.io, assets: assets ?? desk.io.assets, access });
  front.all('*', (c) => pass(c.req.raw, pool, (request) => app.fetch(request)));
  return {
    ...desk,
    url,
    pool,
    options,
    close: async () => {
      await close();
      await pool.close();
    },
  };
}

interface EdgeRequest {
  readonly headers: Record<string, { readonly value: string }>;
}
interface EdgeAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, { readonly value: string }>>;
  readonly body?: { readonly data: string };
}

async function pass(request: Request, pool: Pool, fetch: (request: Request) => Response | Promise<Response>): Promise<Response> {
  const answered = atTheEdge(request);
  if ('statusCode' in answered) {
    const headers = Object.entries(answered.headers).map(([name, { value }]): [string, string] => [name, value]);
    return new Response(answered.body?.data ?? null, { status: answered.statusCode, headers });
  }
  const { pathname } = new URL(request.url);
  const token = answered.headers.authorization?.value.replace('Bearer ', '') ?? '';
  const jwks_uri = `${pool.issuer}/.well-known/jwks.json`;
  const open = pathname.startsWith('/auth/') && request.method === 'GET';
  const known =
    open ||
    (await verifyWithJwks(token, { jwks_uri, allowedAlgorithms: ['RS256'], verification: { iss: pool.issuer, aud: CLIENT } }).catch(
      () => false,
    ));
  return known ? fetch(request) : Response.json({ message: 'Unauthorized' }, { status: 401 });
}

/** Runs the doorman's own text, with what CloudFront would hand it. */
function atTheEdge(request: Request): EdgeRequest | EdgeAnswer {
  const { pathname, searchParams } = new URL(request.url);
  const cookies = (request.headers.get('cookie') ?? '').split('; ').filter(Boolean);
  const event = {
    request: {
      method: request.method,
      uri: pathname,
      querystring: Object.fromEntries([...searchParams].map(([name, value]) => [name, { value: encodeURIComponent(value) }])),
      headers: Object.fromEntries([...request.headers].map(([name, value]) => [name, { value }])),
      cookies: Object.fromEntries(cookies.map((pair) => [pair.slice(0, pair.indexOf('=')), { value: pair.slice(pair.indexOf('=') + 1) }])),
    },
  };
  return runInNewContext(`(${doorman})`, {})(event) as EdgeRequest | EdgeAnswer;
}
