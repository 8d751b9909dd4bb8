import { InvalidValue } from '../domain/money.ts';

/**
 * Recordings: immutable objects under sortable keys. A put is whole or not at all, and repeating it is harmless. Keys are
 * plain (see `blobKey`), and none is a folder of another. Throws `BlobFailure`, and InvalidValue for a key that is none.
 */
export interface Blobs {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Undefined when there is none. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Keys under a prefix, ascending, from `after` (exclusive). */
  list(prefix: string, after?: string): Promise<readonly string[]>;
}

/** The place of the recordings could not do it, or could not say. */
export class BlobFailure extends Error {
  readonly outcome: 'not-sent' | 'unknown' | 'refused';
  constructor(message: string, outcome: BlobFailure['outcome'], options?: ErrorOptions) {
    super(message, options);
    this.name = 'BlobFailure';
    this.outcome = outcome;
  }
}

/** The key, if every place can hold it under that very name: in S3, and as a file that leads nowhere else. */
export function blobKey(key: string): string {
  if (/^[\w=:+@-][\w.=:+@-]*(\/[\w=:+@-][\w.=:+@-]*)*$/.test(key)) return key;
  throw new InvalidValue('key', key, 'join parts of letters, digits and . _ = : + @ - with single slashes, no part beginning with a dot');
}
