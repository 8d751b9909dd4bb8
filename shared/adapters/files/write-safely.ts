import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Names of files that are being written; whoever lists a folder leaves them out. A crash may leave one behind, harmless. */
export const unfinishedPrefix = '.unfinished-';

/**
 * Writes a whole file or nothing: a reader sees the old content or the new, also after kill -9 or a power cut. When it
 * returns, the bytes are on the disk.
 */
export async function writeSafely(file: string, bytes: Uint8Array | string, mode = 0o644): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  const unfinished = join(folder, `${unfinishedPrefix}${randomUUID()}`);
  try {
    await writeAndSync(unfinished, bytes, mode);
    await rename(unfinished, file);
  } catch (cause) {
    await rm(unfinished, { force: true });
    throw cause;
  }
  await syncFolder(folder);
}

async function writeAndSync(file: string, bytes: Uint8Array | string, mode: number): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The new name itself must reach the disk too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
