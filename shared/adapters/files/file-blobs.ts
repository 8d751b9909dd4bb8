import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BlobFailure, type Blobs, blobKey } from '../../ports/blobs.ts';
import { filesUnder, isAbsent } from './files-under.ts';
import { writeSafely } from './write-safely.ts';

/** Recordings as files in a folder, each named like its key. */
export function fileBlobs(folder: string): Blobs {
  return {
    async put(key, bytes) {
      const file = join(folder, blobKey(key));
      await writeSafely(file, bytes).catch((cause) => fail(`${file} could not be written`, cause));
    },
    async get(key) {
      const file = join(folder, blobKey(key));
      try {
        return new Uint8Array(await readFile(file));
      } catch (cause) {
        return isAbsent(cause) ? undefined : fail(`${file} could not be read`, cause);
      }
    },
    async list(prefix, after = '') {
      const within = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      const keys: string[] = [];
      for await (const path of filesUnder(join(folder, within))) keys.push(`${within}${path}`);
      return keys.filter((key) => key.startsWith(prefix) && key > after).sort();
    },
  };
}

/** A write either replaced the file or changed nothing. */
function fail(what: string, cause: unknown): never {
  const said = cause instanceof Error ? cause.message : String(cause);
  throw new BlobFailure(`${what}: ${said}. Fix: make room or give the rights, then run it again`, 'not-sent', { cause });
}
