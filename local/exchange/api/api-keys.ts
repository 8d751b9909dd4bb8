import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Millis } from '../../../shared/domain/money.ts';
import { Refusal } from '../matching/refusal.ts';
import type { ExchangeSettings } from '../venue.ts';

/** A registered public key. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly publicKey: string;
}

export interface SignedHead {
  readonly method: string;
  /** Path from the root, without the query. */
  readonly path: string;
  readonly headers: { get(name: string): string | null };
}

/**
 * Checks who asks. RSA-PSS with SHA-256 and a salt of 32 bytes, or Ed25519, over timestamp, method and path; settings say
 * whether the signature itself is looked at, and how far the timestamp may be off.
 */
export class ApiKeys {
  readonly #keys: Map<string, { readonly key: ApiKey; readonly verifier: KeyObject }>;
  readonly #checks: boolean;
  readonly #window: Millis;

  constructor(
    keys: readonly ApiKey[],
    { checksSignatures, timestampWindowMs }: Pick<ExchangeSettings, 'checksSignatures' | 'timestampWindowMs'>,
  ) {
    this.#checks = checksSignatures;
    this.#window = timestampWindowMs;
    this.#keys = new Map(keys.map((key) => [key.id, { key, verifier: createPublicKey(key.publicKey) }]));
  }

  get all(): readonly ApiKey[] {
    return [...this.#keys.values()].map(({ key }) => key);
  }

  /** The key that signed; undefined when nothing was signed at all. Anything else is refused. */
  signer({ method, path, headers }: SignedHead, now: Millis): ApiKey | undefined {
    const id = headers.get('kalshi-access-key');
    const timestamp = headers.get('kalshi-access-timestamp');
    const signature = headers.get('kalshi-access-signature');
    if (id === null && timestamp === null && signature === null) return undefined;
    const known = this.#keys.get(id ?? '');
    if (!known) throw unauthorized('api key not found');
    if (!/^\d{13}$/.test(timestamp ?? '') || Math.abs(Number(timestamp) - now) > this.#window)
      throw unauthorized('timestamp is outside the accepted window');
    const message = Buffer.from(`${timestamp}${method}${path}`);
    if (this.#checks && !isSignedBy(known.verifier, message, Buffer.from(signature ?? '', 'base64')))
      throw unauthorized('signature is invalid');
    return known.key;
  }
}

export function unauthorized(details: string): Refusal {
  return new Refusal(401, 'authentication_error', 'authentication error', details);
}

function isSignedBy(key: KeyObject, message: Buffer, signature: Buffer): boolean {
  if (key.asymmetricKeyType === 'ed25519') return signature.length === 64 && verify(null, message, key, signature);
  return verify(
    'sha256',
    message,
    { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
    signature,
  );
}
