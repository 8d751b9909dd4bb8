import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { ImportError } from './recording.ts';

/** A text file, gzip or not. Throws ImportError when it cannot be read or ends early. */
export async function readText(file: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new ImportError(file, '', 'cannot be read', 'check the path', { cause });
  }
  if (!(bytes[0] === 0x1f && bytes[1] === 0x8b)) return new TextDecoder().decode(bytes);
  try {
    return new TextDecoder().decode(gunzipSync(bytes));
  } catch (cause) {
    throw new ImportError(file, '', 'is not a whole gzip file', 'fetch it again: it ends early or is damaged', { cause });
  }
}
