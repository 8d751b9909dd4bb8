import type { Board } from '../../domain/board.ts';
import type { Blobs } from '../../ports/blobs.ts';
import { recordingKey } from './recording-keys.ts';
import { readScan } from './scan-recording.ts';

/** What the scan of a tick saw, page by page; nothing where it was not recorded. Throws BlobFailure. */
export async function loadScan(blobs: Pick<Blobs, 'get'>, tick: string): Promise<readonly Board[]> {
  const key = recordingKey('scans', Date.parse(tick));
  const bytes = await blobs.get(key);
  return bytes === undefined ? [] : [...readScan(key, bytes).pages()];
}
