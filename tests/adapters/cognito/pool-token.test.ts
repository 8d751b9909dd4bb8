import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { idClaims } from '../../../shared/adapters/cognito/pool-token.ts';

const rules = { issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Pool', client: 'page' };
const [pool, stranger] = [generateKeyPairSync('rsa', { modulusLength: 2048 }), generateKeyPairSync('rsa', { modulusLength: 2048 })];
const header = { alg: 'RS256', kid: 'key-1' };
const claims = { iss: rules.issuer, aud: rules.client, token_use: 'id', exp: 4_000_000_000, nonce: 'n' };

/** Not the pool's signature, or not what our tokens say. */
const refusals = /not signed by the pool|Invalid input|Too small|Unrecognized key/;

const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(head: object, body: object, { privateKey } = pool): string {
  const text = `${b64(head)}.${b64(body)}`;
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`;
}

/** The pool's keys are asked for at its own address, and nowhere a token names. */
function claimsOf(text: string) {
  const asked = vi.fn<typeof fetch>(async () => Response.json({ keys: [{ ...pool.publicKey.export({ format: 'jwk' }), kid: 'key-1' }] }));
  vi.stubGlobal('fetch', asked);
  return { asked, claims: idClaims(rules, text, AbortSignal.timeout(1000)) };
}

afterEach(() => void vi.unstubAllGlobals());

describe('an ID token', () => {
  it('says until when it is good and for which try it was made', async () => {
    const read = claimsOf(token(header, claims));
    await expect(read.claims).resolves.toMatchObject({ exp: 4_000_000_000, nonce: 'n' });
    expect(read.asked).toHaveBeenCalledWith(`${rules.issuer}/.well-known/jwks.json`, expect.anything());
  });

  it.each<readonly [string, string]>([
    ['by another pool', token(header, { ...claims, iss: `${rules.issuer}2` })],
    ['for another client', token(header, { ...claims, aud: 'other' })],
    ['for access, not for identity', token(header, { ...claims, token_use: 'access' })],
    ['long ago', token(header, { ...claims, exp: 1_700_000_000 })],
    ['without an end', token(header, { ...claims, exp: undefined })],
    ['with a key of somebody else', token(header, claims, stranger)],
    ['with a key the pool does not have', token({ ...header, kid: 'key-2' }, claims)],
    ['under rules that we do not know', token({ ...header, crit: ['b64'], b64: false }, claims)],
    ['with another algorithm', token({ ...header, alg: 'RS512' }, claims)],
    ['with no signature', `${b64({ ...header, alg: 'none' })}.${b64(claims)}.`],
    ['with a fourth part', `${token(header, claims)}.x`],
    ['with another body', `${b64(header)}.${b64({ ...claims, nonce: 'm' })}.${token(header, claims).split('.')[2]}`],
  ])('made %s does not count', async (_, text) => {
    await expect(claimsOf(text).claims).rejects.toThrow(refusals);
  });

  it('signed with the public key as a password does not count', async () => {
    const text = `${b64({ alg: 'HS256', kid: 'key-1' })}.${b64(claims)}`;
    const password = pool.publicKey.export({ type: 'spki', format: 'pem' });
    await expect(claimsOf(`${text}.${createHmac('sha256', password).update(text).digest('base64url')}`).claims).rejects.toThrow(refusals);
  });
});
