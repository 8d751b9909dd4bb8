import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { Hono } from 'hono/tiny';
import * as z from 'zod/mini';
import { doorPage } from '../../../dashboard/door-page.ts';
import type { Session, SignInDesk } from '../../ports/sign-in.ts';
import { returnPath } from './return-path.ts';

/** The door in front of the page turns this cookie into the header that is checked. */
const SESSION = 'pilot-session';
/** Seen by the paths below only. */
const REFRESH = 'pilot-refresh';
const ATTEMPT = 'pilot-sign-in';

const hidden = { httpOnly: true, secure: true, sameSite: 'Lax' } as const;
const below = { ...hidden, path: '/auth' } as const;
const everywhere = { ...hidden, path: '/' } as const;

const TRY_SECONDS = 600;
const REFRESH_SECONDS = 90 * 86_400;
/** A token is renewed a little before it ends. */
const MARGIN_SECONDS = 60;

const attemptShape = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), to: z.string() });

/** `/auth/…`: the only paths that are open to everybody. They read nothing of the books. */
export function signInRoutes(desk: SignInDesk, style: string): Hono {
  const app = new Hono();
  app.get('/login', (c) => login(c, desk));
  app.get('/callback', (c) => comeBack(c, desk));
  app.get('/logout', (c) => logout(c, desk));
  app.get('/goodbye', (c) => c.html(doorPage({ title: 'Signed out', text: 'This device shows nothing any more.', link: 'Sign in again' })));
  app.get('/style.css', (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }));
  return app;
}

/** Who was here within 90 days comes in without a word; everybody else is sent to sign in and comes back to the page they asked for. */
async function login(c: Context, desk: SignInDesk): Promise<Response> {
  const to = returnPath(c.req.query('to'));
  const refreshToken = getCookie(c, REFRESH);
  if (refreshToken !== undefined) {
    const renewed = await desk.renew(refreshToken);
    if (renewed.ok) return enter(c, renewed.session, to);
    if (renewed.gone) deleteCookie(c, REFRESH, below);
  }
  const attempt = { state: secret(), nonce: secret(), verifier: secret() };
  setCookie(c, ATTEMPT, Buffer.from(JSON.stringify({ ...attempt, to })).toString('base64url'), { ...below, maxAge: TRY_SECONDS });
  return c.redirect(desk.signInUrl(attempt));
}

/** Only the browser that left with this state comes in, once. */
async function comeBack(c: Context, desk: SignInDesk): Promise<Response> {
  const attempt = readAttempt(getCookie(c, ATTEMPT));
  deleteCookie(c, ATTEMPT, below);
  const { state, code, error } = c.req.query();
  if (!attempt || attempt.state !== state) return refusal(c, 'This sign-in did not begin here, or took more than ten minutes.');
  if (code === undefined) return refusal(c, `The sign-in says: ${(error ?? 'nothing').slice(0, 100)}.`);
  const answer = await desk.redeem(code, attempt);
  return answer.ok ? enter(c, answer.session, attempt.to) : refusal(c, `It was not accepted: ${answer.why}.`);
}

/** Another site may not sign anybody out. */
async function logout(c: Context, desk: SignInDesk): Promise<Response> {
  const site = c.req.header('sec-fetch-site') ?? 'none';
  if (site !== 'same-origin' && site !== 'none') return refusal(c, `Another site (${site.slice(0, 20)}) asked to sign you out.`);
  const refreshToken = getCookie(c, REFRESH);
  if (refreshToken !== undefined) await desk.revoke(refreshToken);
  deleteCookie(c, REFRESH, below);
  deleteCookie(c, SESSION, everywhere);
  return c.redirect(desk.signOutUrl);
}

function enter(c: Context, { token, endsAt, refreshToken }: Session, to: string): Response {
  const maxAge = Math.max(0, Math.floor(endsAt - Date.now() / 1000) - MARGIN_SECONDS);
  setCookie(c, SESSION, token, { ...everywhere, maxAge });
  if (refreshToken !== undefined) setCookie(c, REFRESH, refreshToken, { ...below, maxAge: REFRESH_SECONDS });
  return c.redirect(to);
}

function readAttempt(cookie: string | undefined): z.output<typeof attemptShape> | undefined {
  if (cookie === undefined) return undefined;
  try {
    return attemptShape.parse(JSON.parse(Buffer.from(cookie, 'base64url').toString()));
  } catch {
    return undefined;
  }
}

function refusal(c: Context, text: string): Promise<Response> | Response {
  return c.html(doorPage({ title: 'Not signed in', text, link: 'Sign in' }), 400);
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}
