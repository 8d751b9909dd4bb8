import * as z from 'zod/mini';
import type { Board } from '../../domain/board.ts';
import type { Millis } from '../../domain/money.ts';
import type { Blobs } from '../../ports/blobs.ts';
import { decodeBoard, encodeBoard } from './board-columns.ts';
import { compress, guarded, pack, unpack } from './container.ts';
import { recordingKey } from './recording-keys.ts';

const manifestSchema = z.strictObject({
  kind: z.literal('scan'),
  /** The scheduled time of the scan, which also names it. */
  tick: z.iso.datetime(),
  rows: z.int().check(z.gte(0)),
  pages: z.array(z.strictObject({ at: z.number(), rows: z.int().check(z.gte(0)), bytes: z.int().check(z.gte(0)) })),
  /** What is missing, as sentences; a scan without gaps is complete. */
  gaps: z.array(z.string()),
});

export type ScanManifest = z.output<typeof manifestSchema>;

/**
 * Runs a scan and keeps its pages as one blob named by its tick, at most one page uncompressed at a time. A scan that fails
 * half-way is kept as far as it came, with the gap written down, and fails all the same. Throws BlobFailure.
 */
export async function recordScan<Result>(
  blobs: Pick<Blobs, 'put'>,
  tick: string,
  scan: (record: (page: Board) => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const pages: { readonly at: Millis; readonly rows: number; readonly piece: Uint8Array<ArrayBuffer> }[] = [];
  const save = (gaps: readonly string[]) => {
    const manifest: ScanManifest = {
      kind: 'scan',
      tick,
      rows: pages.reduce((sum, { rows }) => sum + rows, 0),
      pages: pages.map(({ at, rows, piece }) => ({ at, rows, bytes: piece.length })),
      gaps: [...gaps],
    };
    return blobs.put(
      recordingKey('scans', Date.parse(tick)),
      pack(
        manifest,
        pages.map(({ piece }) => piece),
      ),
    );
  };
  let result: Result;
  try {
    result = await scan(async (page) => {
      pages.push({ at: page.at, rows: page.rows, piece: compress(encodeBoard(page, false)) });
    });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    // Why the scan failed matters more than that it could not be written down as well.
    await save([`the scan ended after ${pages.length} pages: ${said}`]).catch(() => undefined);
    throw error;
  }
  await save([]);
  return result;
}

/** What was recorded of a scan; its pages are decoded one at a time. Throws BlobFailure. */
export function readScan(key: string, bytes: Uint8Array): { readonly manifest: ScanManifest; pages(): Generator<Board> } {
  const { manifest: raw, pieces } = unpack(key, bytes);
  const manifest = guarded(key, () => manifestSchema.parse(raw));
  return {
    manifest,
    *pages() {
      let pages = 0;
      for (const piece of pieces()) {
        yield guarded(key, () => decodeBoard(piece));
        pages += 1;
      }
      guarded(key, () => {
        if (pages !== manifest.pages.length) throw new RangeError(`it has ${pages} of ${manifest.pages.length} pages`);
      });
    },
  };
}
