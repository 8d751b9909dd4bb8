import { type Blobs, blobKey } from '../../ports/blobs.ts';

/** Recordings that last as long as the process: for replays and tests. */
export function memoryBlobs(): Blobs {
  const kept = new Map<string, Uint8Array>();
  return {
    async put(key, bytes) {
      kept.set(blobKey(key), bytes.slice());
    },
    async get(key) {
      return kept.get(blobKey(key))?.slice();
    },
    async list(prefix, after = '') {
      return [...kept.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
    },
  };
}
