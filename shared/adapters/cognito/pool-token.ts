import { createPublicKey, verify } from 'node:crypto';
import * as z from 'zod/mini';

/** Whose tokens count, and for whom they were made. */
export interface TokenRules {
  /** The pool as tokens name it; its keys lie below. */
  readonly issuer: string;
  readonly client: string;
}

export interface IdClaims {
  /** Unix seconds. */
  readonly exp: number;
  /** The try it was made for; a renewed token has none. */
  readonly nonce?: string | undefined;
}

/** Strict, so that a header which asks for anything else ("crit") is refused. */
const headerShape = z.strictObject({ alg: z.literal('RS256'), kid: z.string(), typ: z.optional(z.string()) });
const keysShape = z.object({ keys: z.array(z.object({ kid: z.string(), kty: z.literal('RSA'), n: z.string(), e: z.string() })) });

/**
 * Claims of an ID token that the pool's own key signed with RS256, for this client, and that has not ended. Throws for every
 * other. When it was made is no reason to refuse it: its clock may be ahead of ours. Source: RFC 7519, section 7.2.
 */
export async function idClaims({ issuer, client }: TokenRules, token: string, signal: AbortSignal): Promise<IdClaims> {
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  const { kid } = headerShape.parse(decoded(head));
  const response = await fetch(`${issuer}/.well-known/jwks.json`, { redirect: 'error', signal });
  const key = keysShape.parse(await response.json()).keys.find((one) => one.kid === kid);
  if (
    !key ||
    more.length > 0 ||
    !verify('RSA-SHA256', Buffer.from(`${head}.${body}`), publicKey(key), Buffer.from(signature, 'base64url'))
  ) {
    throw new Error('the token is not signed by the pool');
  }
  const claims = z.object({
    iss: z.literal(issuer),
    aud: z.literal(client),
    token_use: z.literal('id'),
    exp: z.number().check(z.gt(Date.now() / 1000)),
    nonce: z.optional(z.string()),
  });
  return claims.parse(decoded(body));
}

function publicKey({ kty, n, e }: { readonly kty: string; readonly n: string; readonly e: string }) {
  return createPublicKey({ key: { kty, n, e }, format: 'jwk' });
}

function decoded(part: string): unknown {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}
