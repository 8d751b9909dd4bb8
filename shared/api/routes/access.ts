import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import type { ActionResult } from '../contract/action.ts';
import type { Access } from './api-io.ts';

/** Nothing but what this server sends may run, show or be sent to. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers: Readonly<Record<string, string>> = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Not no-referrer: forms would then not say which page they come from, and be refused.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
  'strict-transport-security': 'max-age=31536000',
  'cache-control': 'no-cache, private',
};

export function secureHeaders(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  };
}

/** Refuses names this server does not answer to: a foreign name that leads here is an attack on the browser. */
export function knownHost({ hosts }: Access): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host;
    if (hosts !== undefined && !hosts.includes(host)) {
      return c.json({ error: `host: ${host} is not this server`, fix: `open ${hosts[0] ?? 'the printed address'}` }, 421);
    }
    return next();
  };
}

/** Carried by each action: who has it has read the page, which other sites cannot. */
export function actionToken({ secret }: Pick<Access, 'secret'>): string {
  return createHmac('sha256', secret).update('kalshi-pilot actions').digest('base64url');
}

/** Why an action may not be asked for from here; undefined when it may. */
export function refusedAccess(c: Context, access: Access, token: string): ActionResult | undefined {
  const origin = c.req.header('origin');
  if (origin !== undefined && !access.origins.includes(origin)) {
    return { ok: false, message: `origin: ${origin} may not ask for actions`, fix: `open ${access.origins[0] ?? 'the printed address'}` };
  }
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') {
    return { ok: false, message: `another site (${site}) may not ask for actions`, fix: 'use the buttons of the page itself' };
  }
  const [given, wanted] = [Buffer.from(token), Buffer.from(actionToken(access))];
  if (given.length === wanted.length && timingSafeEqual(given, wanted)) return undefined;
  return { ok: false, message: 'token: missing or not of this server', fix: 'reload the page and try again' };
}
