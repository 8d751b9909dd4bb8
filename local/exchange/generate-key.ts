import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { ApiKey } from './api/api-keys.ts';

export interface GeneratedKey {
  readonly key: ApiKey;
  /** PEM: PKCS#1 for RSA, PKCS#8 for Ed25519, as the exchange hands them out. */
  readonly privateKey: string;
}

/** A key pair as the exchange generates one. */
export function generateKey(type: 'rsa' | 'ed25519', name = 'pilot', scopes: readonly string[] = ['read', 'write']): GeneratedKey {
  const spki = { type: 'spki', format: 'pem' } as const;
  const { publicKey, privateKey } =
    type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: spki, privateKeyEncoding: { type: 'pkcs1', format: 'pem' } })
      : generateKeyPairSync('ed25519', { publicKeyEncoding: spki, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
  return { key: { id: randomUUID(), name, scopes, publicKey }, privateKey };
}
