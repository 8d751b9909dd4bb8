import type { Blobs } from '../../shared/ports/blobs.ts';
import { blobKey } from '../../shared/ports/blobs.ts';

/** Recordings of one drill. */
export class MemoryBlobs implements Blobs {
  readonly #byKey = new Map<string, Uint8Array>();

  async put(key: string, bytes: Uint8Array): Promise<void> {
    this.#byKey.set(blobKey(key), bytes);
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    return this.#byKey.get(key);
  }

  async list(prefix: string, after = ''): Promise<readonly string[]> {
    return [...this.#byKey.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  }
}
