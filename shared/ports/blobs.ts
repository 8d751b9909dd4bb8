/** Recordings: immutable objects under sortable keys. */
export interface Blobs {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Undefined when there is none. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Keys under a prefix, ascending, from `after` (exclusive). */
  list(prefix: string, after?: string): Promise<readonly string[]>;
}
