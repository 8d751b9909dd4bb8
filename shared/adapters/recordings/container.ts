import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { BlobFailure } from '../../ports/blobs.ts';
import { ByteReader, ByteWriter } from './bytes.ts';

const MAGIC = 0x3152_504b;
const { ZSTD_c_compressionLevel: LEVEL, ZSTD_c_checksumFlag: CHECKSUM } = constants;

/** One piece of a recording, compressed, with a checksum of its own. The lightest level: the next costs more time than it saves bytes. */
export function compress(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return zstdCompressSync(bytes, { params: { [LEVEL]: 1, [CHECKSUM]: 1 } });
}

/** A recording: what is in it as JSON, then its pieces one after another. */
export function pack(manifest: object, pieces: readonly Uint8Array<ArrayBuffer>[]): Uint8Array {
  const writer = new ByteWriter();
  const head = compress(new TextEncoder().encode(JSON.stringify(manifest)));
  writer.u32(MAGIC);
  writer.u32(head.length);
  writer.raw(head);
  for (const piece of pieces) {
    writer.u32(piece.length);
    writer.raw(piece);
  }
  return writer.bytes();
}

/** What pack made. Pieces are opened one at a time. Throws BlobFailure when a recording is damaged or none of ours. */
export function unpack(key: string, bytes: Uint8Array): { readonly manifest: unknown; pieces(): Generator<Uint8Array> } {
  const reader = new ByteReader(bytes);
  const manifest = guarded(key, () => {
    if (reader.u32() !== MAGIC) throw new RangeError('it does not begin like one');
    return JSON.parse(new TextDecoder().decode(zstdDecompressSync(reader.raw(reader.u32()))));
  });
  return {
    manifest,
    *pieces() {
      while (reader.at < bytes.length) yield guarded(key, () => zstdDecompressSync(reader.raw(reader.u32())));
    },
  };
}

/** Throws BlobFailure where reading fails. */
export function guarded<T>(key: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof BlobFailure) throw cause;
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new BlobFailure(`recording ${key} cannot be read: ${said}. Fix: remove it, or restore it from where it was copied`, 'refused', {
      cause,
    });
  }
}
