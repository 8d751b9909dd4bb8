import { createHash, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { sign } from 'hono/utils/jwt/jwt';

export const person = { name: 'owner@example.com', password: 'Correct-Horse-7-Battery' } as const;

export interface PoolOptions {
  readonly client: string;
  /** Filled in once the dashboard has its port. */
  readonly callbacks: string[];
  readonly goodbyes: string[];
  /** What the token endpoint hands out instead of what it made: an attacker in its place. */
  forge?: (token: string, keys: PoolKeys) => string | Promise<string>;
  /** Seconds that an ID token lasts. */
  tokenSeconds?: number;
}

export interface PoolKeys {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** Sign-in pages and token endpoint as a Cognito pool has them, over HTTP on this machine. */
export interface Pool {
  readonly domain: string;
  readonly issuer: string;
  readonly keys: PoolKeys;
  /** How often the token endpoint was asked, by grant. */
  readonly asked: string[];
  close(): Promise<void>;
}

interface Issued {
  readonly challenge: string;
  readonly redirect: string;
  readonly nonce: string | undefined;
}

const KEY_ID = 'key-1';

/** Source: Amazon Cognito Developer Guide, "OIDC and managed login endpoints": paths, parameters, errors. */
export async function openPool(options: PoolOptions): Promise<Pool> {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const asked: string[] = [];
  const app = new Hono();
  const pool: { domain: string; issuer: string } = { domain: '', issuer: '' };
  const close = await listen(app, (port) => {
    pool.domain = `http://localhost:${port}`;
    pool.issuer = `http://localhost:${port}/us-east-1_Pool`;
  });
  const open = new Map<string, Issued>();
  addPages(app, options, open);
  addTokens(app, options, { keys, asked, open, issuer: () => pool.issuer });
  app.get('/us-east-1_Pool/.well-known/jwks.json', (c) =>
    c.json({ keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: KEY_ID, alg: 'RS256', use: 'sig' }] }),
  );
  return { ...pool, keys, asked, close };
}

function addPages(app: Hono, { client, callbacks, goodbyes }: PoolOptions, open: Map<string, Issued>): void {
  app.get('/oauth2/authorize', (c) => {
    const asked = c.req.query();
    const known = asked.client_id === client && callbacks.includes(asked.redirect_uri ?? '');
    if (!known) return c.text('An error was encountered with the requested page.', 400);
    if (asked.response_type !== 'code' || asked.code_challenge_method !== 'S256' || !asked.code_challenge)
      return c.redirect(`${asked.redirect_uri}?error=invalid_request&state=${asked.state}`);
    if (getCookie(c, 'cognito') !== 'in') return c.redirect(`/login?${new URLSearchParams(asked).toString()}`);
    const code = randomBytes(16).toString('hex');
    open.set(code, { challenge: asked.code_challenge, redirect: asked.redirect_uri ?? '', nonce: asked.nonce });
    return c.redirect(`${asked.redirect_uri}?${new URLSearchParams({ code, state: asked.state ?? '' }).toString()}`);
  });
  app.get('/login', (c) =>
    c.html(
      '<!doctype html><title>Sign in</title><form method="post"><input name="name"><input name="password"><button>Sign in</button></form>',
    ),
  );
  app.post('/login', async (c) => {
    const { name, password } = await c.req.parseBody();
    if (name !== person.name || password !== person.password) return c.text('Incorrect username or password.', 401);
    setCookie(c, 'cognito', 'in', { httpOnly: true, path: '/' });
    return c.redirect(`/oauth2/authorize?${new URLSearchParams(c.req.query()).toString()}`, 303);
  });
  app.get('/logout', (c) => {
    const { client_id, logout_uri = '' } = c.req.query();
    if (client_id !== client || !goodbyes.includes(logout_uri)) return c.text('bad', 400);
    setCookie(c, 'cognito', '', { path: '/', maxAge: 0 });
    return c.redirect(logout_uri);
  });
}

interface Making {
  readonly keys: PoolKeys;
  readonly asked: string[];
  /** Codes that nobody has redeemed. */
  readonly open: Map<string, Issued>;
  readonly issuer: () => string;
}

function addTokens(app: Hono, options: PoolOptions, { keys, asked, open, issuer }: Making): void {
  const refreshTokens = new Set<string>();
  const make = async (nonce: string | undefined) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer(), aud: options.client, token_use: 'id', iat: now, exp: now + (options.tokenSeconds ?? 43_200) };
    const jwk = { ...keys.privateKey.export({ format: 'jwk' }), alg: 'RS256', kid: KEY_ID } as const;
    const token = await sign({ ...claims, sub: 'owner', ...(nonce === undefined ? {} : { nonce }) }, jwk as never, 'RS256');
    return options.forge ? options.forge(token, keys) : token;
  };
  app.post('/oauth2/token', async (c) => {
    const form = (await c.req.parseBody()) as Readonly<Record<string, string>>;
    asked.push(form.grant_type ?? '');
    if (form.client_id !== options.client) return c.json({ error: 'invalid_client' }, 400);
    if (form.grant_type === 'refresh_token') {
      if (!refreshTokens.has(form.refresh_token ?? '')) return c.json({ error: 'invalid_grant' }, 400);
      return c.json({ id_token: await make(undefined), access_token: 'a', token_type: 'Bearer', expires_in: 43_200 });
    }
    const code = open.get(form.code ?? '');
    open.delete(form.code ?? '');
    const digest = createHash('sha256')
      .update(form.code_verifier ?? '')
      .digest('base64url');
    if (!code || code.redirect !== form.redirect_uri || code.challenge !== digest) return c.json({ error: 'invalid_grant' }, 400);
    const refresh_token = randomBytes(32).toString('hex');
    refreshTokens.add(refresh_token);
    return c.json({ id_token: await make(code.nonce), access_token: 'a', refresh_token, token_type: 'Bearer', expires_in: 43_200 });
  });
  app.post('/oauth2/revoke', async (c) => {
    const { token = '' } = (await c.req.parseBody()) as Readonly<Record<string, string>>;
    refreshTokens.delete(token);
    return c.body(null, 200);
  });
}

export function listen(app: Pick<Hono, 'fetch'>, opened: (port: number) => void): Promise<() => Promise<void>> {
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
      opened(port);
      resolve(() => {
        if ('closeAllConnections' in server) server.closeAllConnections();
        return new Promise<void>((closed) => server.close(() => closed()));
      });
    });
  });
}
