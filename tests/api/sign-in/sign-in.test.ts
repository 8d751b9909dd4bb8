import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actionToken } from '../../../shared/api/routes/access.ts';
import { makeBusy } from '../seeded-desk.ts';
import { Jar } from './jar.ts';
import { openPhone, type Phone } from './phone.ts';
import { type PoolKeys, person } from './pool.ts';

let phone: Phone;
beforeEach(async () => {
  phone = await openPhone((store) => makeBusy(store));
});
afterEach(() => phone.close());

/** Opens a page and signs in where that is asked for. */
async function signedIn(path = '/', jar = new Jar()): Promise<{ readonly jar: Jar; readonly page: Response }> {
  const first = await jar.open(`${phone.url}${path}`);
  if (!jar.visited.at(-1)?.includes('/login?')) return { jar, page: first };
  const body = new URLSearchParams({ name: person.name, password: person.password });
  return { jar, page: await jar.open(jar.visited.at(-1) ?? '', { method: 'POST', body }) };
}

describe('a phone that is not signed in', () => {
  it('is sent to sign in and comes back to the very page it asked for', async () => {
    const { jar, page } = await signedIn('/a/mi8qzk3c?book=paper');
    expect(page.status).toBe(200);
    expect(jar.visited.at(-1)).toBe(`${phone.url}/a/mi8qzk3c?book=paper`);
    expect(phone.pool.asked).toEqual(['authorization_code']);
  });

  it.each(['/', '/api/status', '/client.js', '/api/nothing', '/a/1'])('sees nothing of %s', async (path) => {
    const response = await fetch(`${phone.url}${path}`, { redirect: 'manual' });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(`/auth/login?to=${encodeURIComponent(path)}`);
  });

  it('can do nothing, and is told that nothing was done', async () => {
    const response = await fetch(`${phone.url}/api/actions/emergency`, { method: 'POST', body: new URLSearchParams({ word: 'PAPER' }) });
    expect(response.status).toBe(401);
    expect(await response.text()).toContain('Nothing was done');
    expect(phone.acts).toEqual([]);
  });

  it('cannot bring a header of its own in the place of a session', async () => {
    const { jar } = await signedIn();
    const response = await fetch(`${phone.url}/api/status`, {
      redirect: 'manual',
      headers: { authorization: `Bearer ${jar.get('pilot-session')}` },
    });
    expect(response.status).toBe(302);
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    '/auth/logout',
    '/auth',
  ])('is not led to %s after signing in', async (to) => {
    const { jar } = await signedIn(`/auth/login?to=${encodeURIComponent(to)}`);
    expect(jar.visited.at(-1)).toBe(`${phone.url}/`);
  });
});

describe('a session', () => {
  it('lies in cookies that no script reads, that only travel over TLS and not from other sites', async () => {
    const { jar } = await signedIn();
    for (const name of ['pilot-session', 'pilot-refresh']) {
      expect(jar.attributes(name)).toMatch(/HttpOnly/);
      expect(jar.attributes(name)).toMatch(/Secure/);
      expect(jar.attributes(name)).toMatch(/SameSite=Lax/);
    }
    expect(jar.attributes('pilot-session')).toMatch(/Max-Age=431[0-9]{2}; Path=\/(;|$)/);
    expect(jar.attributes('pilot-refresh')).toMatch(/Max-Age=7776000; Path=\/auth(;|$)/);
    expect(jar.get('pilot-sign-in')).toBeUndefined();
  });

  it('goes on by itself when its token has ended: nobody is asked again', async () => {
    const { jar } = await signedIn();
    jar.forget('pilot-session');
    const page = await jar.open(`${phone.url}/a/mi8qzk3c`);
    expect(page.status).toBe(200);
    expect(jar.visited.at(-1)).toBe(`${phone.url}/a/mi8qzk3c`);
    expect(phone.pool.asked).toEqual(['authorization_code', 'refresh_token']);
    expect(jar.visited.filter((url) => url.startsWith(phone.pool.domain) && url.includes('/login')).length).toBe(2);
  });

  it('ends with signing out, here and at the pool, and its refresh token is worth nothing any more', async () => {
    const { jar } = await signedIn();
    const refresh = jar.get('pilot-refresh') ?? '';
    const goodbye = await jar.open(`${phone.url}/auth/logout`, { headers: { 'sec-fetch-site': 'same-origin' } });
    expect(await goodbye.text()).toContain('Signed out');
    expect(jar.get('pilot-session')).toBeUndefined();
    const body = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'client-of-the-pool', refresh_token: refresh });
    expect((await fetch(`${phone.pool.domain}/oauth2/token`, { method: 'POST', body })).status).toBe(400);
    await jar.open(`${phone.url}/`);
    expect(jar.visited.at(-1)).toContain('/login?');
  });

  it('is not ended by another site', async () => {
    const { jar } = await signedIn();
    const response = await jar.open(`${phone.url}/auth/logout`, { headers: { 'sec-fetch-site': 'cross-site' } });
    expect(response.status).toBe(400);
    expect(jar.get('pilot-session')).toBeDefined();
  });

  it('acts with the token of the page and from the page only', async () => {
    const { jar } = await signedIn();
    const body = new URLSearchParams({ token: actionToken({ secret: 'a secret of the test' }), word: 'PAPER' });
    const post = (headers: Record<string, string>) => jar.open(`${phone.url}/api/actions/pause`, { method: 'POST', body, headers });
    expect((await post({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({ origin: phone.url, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(phone.acts).toEqual([]);
    expect((await post({ origin: phone.url, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect(phone.acts).toHaveLength(1);
  });
});

describe('coming back from signing in', () => {
  it('counts once, and only in the browser that left', async () => {
    const jar = new Jar();
    const { page } = await signedIn('/', jar);
    expect(page.status).toBe(200);
    const callback = jar.visited.find((url) => url.includes('/auth/callback')) ?? '';
    expect((await jar.open(callback)).status).toBe(400);
    expect((await new Jar().open(callback)).status).toBe(400);
  });

  it('without the state it left with is refused before anything is asked', async () => {
    const jar = new Jar();
    await jar.open(`${phone.url}/`);
    const response = await jar.open(`${phone.url}/auth/callback?code=stolen&state=guessed`);
    expect(response.status).toBe(400);
    expect(phone.pool.asked).toEqual([]);
  });

  it('says what the pool says, as text', async () => {
    const jar = new Jar();
    await jar.open(`${phone.url}/`);
    const attempt = JSON.parse(Buffer.from(jar.get('pilot-sign-in') ?? '', 'base64url').toString()) as { readonly state: string };
    const response = await jar.open(`${phone.url}/auth/callback?error=${encodeURIComponent('<script>x</script>')}&state=${attempt.state}`);
    expect(await response.text()).toContain('&lt;script&gt;');
  });

  const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const parts = (token: string) => token.split('.') as [string, string, string];
  const claimsOf = (token: string) => JSON.parse(Buffer.from(parts(token)[1], 'base64url').toString()) as Record<string, unknown>;
  const resigned = (header: object, claims: object, { publicKey }: PoolKeys) => {
    const text = `${b64(header)}.${b64(claims)}`;
    const pem = publicKey.export({ type: 'spki', format: 'pem' });
    return `${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`;
  };

  it.each<readonly [string, (token: string, keys: PoolKeys) => string]>([
    ['signed by nobody', (token) => `${b64({ alg: 'none', typ: 'JWT', kid: 'key-1' })}.${parts(token)[1]}.`],
    [
      'signed with the public key as a password',
      (token, keys) => resigned({ alg: 'HS256', typ: 'JWT', kid: 'key-1' }, claimsOf(token), keys),
    ],
    ['of another key', (token) => `${b64({ alg: 'RS256', typ: 'JWT', kid: 'key-2' })}.${parts(token)[1]}.${parts(token)[2]}`],
    ['changed after it was signed', (token) => `${parts(token)[0]}.${b64({ ...claimsOf(token), sub: 'other' })}.${parts(token)[2]}`],
    ['no token at all', () => 'x'],
  ])('with a token that is %s is refused', async (_name, forge) => {
    phone.options.forge = forge;
    const { jar, page } = await signedIn();
    expect(page.status).toBe(400);
    expect(jar.get('pilot-session')).toBeUndefined();
    expect(jar.get('pilot-refresh')).toBeUndefined();
  });

  it('with a token that has ended is refused', async () => {
    phone.options.tokenSeconds = -10;
    expect((await signedIn()).page.status).toBe(400);
  });

  it('with a token made for another try is refused', async () => {
    const first = await signedIn();
    const old = first.jar.get('pilot-session') ?? '';
    phone.options.forge = () => old;
    expect((await signedIn()).page.status).toBe(400);
  });
});
