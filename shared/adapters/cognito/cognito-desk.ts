import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { SignInAnswer, SignInDesk } from '../../ports/sign-in.ts';
import { idClaims, type TokenRules } from './pool-token.ts';

export interface CognitoOptions extends TokenRules {
  /** The pool's sign-in pages, like `https://pilot.auth.us-east-1.amazoncognito.com`. */
  readonly domain: string;
  /** Where the dashboard is, without a slash at the end. */
  readonly dashboard: string;
}

const TIMEOUT_MS = 5_000;

const granted = z.object({ id_token: z.string(), refresh_token: z.optional(z.string()) });
const refused = z.object({ error: z.string() });

/**
 * Authorization code with a proof key against a Cognito user pool. A token counts when the pool's own key signed it with
 * RS256, for this client, and for this try. Source: OpenID Connect Core 1.0, section 3.1.
 */
export function cognitoDesk(options: CognitoOptions): SignInDesk {
  const { domain, client, dashboard } = options;
  const redirect = `${dashboard}/auth/callback`;
  return {
    signInUrl({ state, nonce, verifier }) {
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      const asked = { response_type: 'code', client_id: client, redirect_uri: redirect, scope: 'openid email', state, nonce };
      return `${domain}/oauth2/authorize?${new URLSearchParams({ ...asked, code_challenge: challenge, code_challenge_method: 'S256' }).toString()}`;
    },
    signOutUrl: `${domain}/logout?${new URLSearchParams({ client_id: client, logout_uri: `${dashboard}/auth/goodbye` }).toString()}`,
    redeem: (code, { verifier, nonce }) =>
      grant(options, { grant_type: 'authorization_code', code, redirect_uri: redirect, code_verifier: verifier }, nonce),
    renew: (refreshToken) => grant(options, { grant_type: 'refresh_token', refresh_token: refreshToken }, undefined),
    async revoke(refreshToken) {
      const response = await send(options, '/oauth2/revoke', { token: refreshToken }).catch(() => undefined);
      return response?.ok === true;
    },
  };
}

/** A renewed token was made for no try and carries no nonce of one. */
async function grant(options: CognitoOptions, form: Readonly<Record<string, string>>, nonce: string | undefined): Promise<SignInAnswer> {
  try {
    const response = await send(options, '/oauth2/token', form);
    const body: unknown = await response.json();
    if (!response.ok) {
      const said = refused.safeParse(body);
      return no(said.success ? `the sign-in says ${said.data.error}` : `the sign-in answers ${response.status}`, response.status === 400);
    }
    const { id_token: token, refresh_token: refreshToken } = granted.parse(body);
    const { exp, nonce: carried } = await idClaims(options, token, AbortSignal.timeout(TIMEOUT_MS));
    if (nonce !== undefined && carried !== nonce) return no('the token was made for another try', true);
    return { ok: true, session: { token, endsAt: exp, refreshToken } };
  } catch (error) {
    return no(`the sign-in cannot be used: ${error instanceof Error ? error.name : 'no answer'}`, false);
  }
}

function send({ domain, client }: CognitoOptions, path: string, form: Readonly<Record<string, string>>): Promise<Response> {
  const body = new URLSearchParams({ client_id: client, ...form });
  return fetch(`${domain}${path}`, { method: 'POST', body, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
}

function no(why: string, gone: boolean): SignInAnswer {
  return { ok: false, why, gone };
}
