import { constants, generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createSigner } from '../../../shared/adapters/kalshi/signer.ts';
import { ed25519Pkcs8, ed25519PublicKey, encryptedPem, keyId, rsaPkcs1, rsaPkcs8, rsaPublicKey, rsaPublicPem } from './test-keys.ts';

const path = '/trade-api/v2/portfolio/balance';
const at = 1_790_000_000_123;
const message = Buffer.from('1790000000123GET/trade-api/v2/portfolio/balance');

const signatureOf = (privateKey: string) =>
  Buffer.from(createSigner({ keyId, privateKey }).headers('GET', path, at)['KALSHI-ACCESS-SIGNATURE'], 'base64');
const verifiesPss = (key: KeyObject, signature: Buffer, saltLength: number) =>
  verify('sha256', message, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature);

describe('signing', () => {
  it('signs with an RSA key of either PEM form by PSS with a salt of exactly 32 bytes', () => {
    for (const pem of [rsaPkcs1, rsaPkcs8]) {
      expect(verifiesPss(rsaPublicKey, signatureOf(pem), 32)).toBe(true);
      expect(verifiesPss(rsaPublicKey, signatureOf(pem), 20)).toBe(false);
    }
  });

  it('signs the message itself with an Ed25519 key, in 64 bytes', () => {
    const signature = signatureOf(ed25519Pkcs8);
    expect(signature).toHaveLength(64);
    expect(verify(null, message, ed25519PublicKey, signature)).toBe(true);
  });

  it('names key and time in ms beside the signature', () => {
    expect(createSigner({ keyId, privateKey: rsaPkcs8 }).headers('GET', path, at)).toMatchObject({
      'KALSHI-ACCESS-KEY': keyId,
      'KALSHI-ACCESS-TIMESTAMP': '1790000000123',
    });
  });

  it('takes a PEM whose line breaks were written as \\n', () => {
    expect(verifiesPss(rsaPublicKey, signatureOf(rsaPkcs1.replaceAll('\n', '\\n')), 32)).toBe(true);
  });

  it('keeps no text of the key', () => {
    const signer = createSigner({ keyId, privateKey: rsaPkcs1 });
    const secret = rsaPkcs1.split('\n')[1] ?? '';
    expect(secret.length).toBeGreaterThan(40);
    expect(inspect(signer, { depth: 10, showHidden: true })).not.toContain(secret);
  });

  it.each([
    ['a public key', rsaPublicPem, /private key/],
    ['an encrypted key', encryptedPem, /openssl pkey/],
    ['text that is no PEM', 'abc', /BEGIN to END/],
    ['half a file', rsaPkcs1.slice(0, 300), /every line/],
    [
      'a key of another kind',
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      /Ed25519 or RSA/,
    ],
    [
      'an RSA key that is too short',
      generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
      /2048/,
    ],
  ])('refuses %s, says what to give instead and shows none of it', (_, privateKey, fix) => {
    const attempt = () => createSigner({ keyId, privateKey });
    expect(attempt).toThrow(fix);
    expect(attempt).toThrow(/^KALSHI_PRIVATE_KEY: /);
    const body = privateKey.split('\n')[1];
    if (body) expect(attempt).not.toThrow(body);
  });

  it('refuses a key id that is empty or has a space', () => {
    expect(() => createSigner({ keyId: ' ', privateKey: rsaPkcs8 })).toThrow(/KALSHI_KEY_ID.*Fix/);
  });
});
