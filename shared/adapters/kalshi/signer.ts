import { constants, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { InvalidValue, type Millis } from '../../domain/money.ts';

export interface Credentials {
  readonly keyId: string;
  /** PEM text, PKCS#1 or PKCS#8; RSA or Ed25519. Line breaks may be written as \n. */
  readonly privateKey: string;
}

export interface SignedHeaders {
  readonly 'KALSHI-ACCESS-KEY': string;
  readonly 'KALSHI-ACCESS-TIMESTAMP': string;
  readonly 'KALSHI-ACCESS-SIGNATURE': string;
}

/** Signs one attempt: method in upper case, path from the root of the host and without query. */
export interface Signer {
  readonly keyId: string;
  headers(method: string, path: string, at: Millis): SignedHeaders;
}

const MIN_RSA_BITS = 2048;

/** Parses the key once and keeps only the key object. Throws InvalidValue naming what is wrong with it. */
export function createSigner({ keyId, privateKey }: Credentials): Signer {
  if (!/^\S+$/.test(keyId)) throw new InvalidValue('KALSHI_KEY_ID', keyId, 'give the key id shown beside the key on kalshi.com');
  const signMessage = signerOf(parseKey(privateKey));
  return {
    keyId,
    headers: (method, path, at) => ({
      'KALSHI-ACCESS-KEY': keyId,
      'KALSHI-ACCESS-TIMESTAMP': String(at),
      'KALSHI-ACCESS-SIGNATURE': signMessage(Buffer.from(`${at}${method}${path}`)).toString('base64'),
    }),
  };
}

function parseKey(text: string): KeyObject {
  const pem = text.replaceAll('\\n', '\n').trim();
  if (/-----BEGIN [\w ]*PUBLIC KEY-----/.test(pem)) throw badKey('a public key', 'give the private key, shown once when it was made');
  if (!pem.startsWith('-----BEGIN ')) throw badKey('text that is no PEM', 'give the whole file, from -----BEGIN to END-----');
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    const encrypted = /ENCRYPTED/.test(pem);
    const fix = encrypted
      ? 'decrypt it first: openssl pkey -in key.pem -out plain.pem'
      : 'give the file as it was downloaded, every line of it';
    throw badKey(encrypted ? 'an encrypted key' : 'a PEM that does not parse', fix, cause);
  }
}

/** RSA: PSS with SHA-256 and a salt as long as the digest. Ed25519: the message itself. */
function signerOf(key: KeyObject): (message: Buffer) => Buffer {
  switch (key.asymmetricKeyType) {
    case 'ed25519':
      return (message) => sign(null, message, key);
    case 'rsa': {
      const bits = key.asymmetricKeyDetails?.modulusLength;
      if (bits === undefined || bits < MIN_RSA_BITS) throw badKey(`RSA of ${bits} bits`, `make a key of at least ${MIN_RSA_BITS} bits`);
      const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_DIGEST: saltLength } = constants;
      return (message) => sign('sha256', message, { key, padding, saltLength });
    }
    default:
      throw badKey(`of type ${key.asymmetricKeyType}`, 'make an Ed25519 or RSA key on kalshi.com');
  }
}

/** Never shows the key. */
function badKey(what: string, fix: string, cause?: unknown): InvalidValue {
  const error = new InvalidValue('KALSHI_PRIVATE_KEY', what, fix);
  if (cause !== undefined) error.cause = cause instanceof Error ? cause.message : 'not a key';
  return error;
}
