import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { unfinishedPrefix } from './write-safely.ts';

/** Paths of the finished files in a folder and the folders in it, with slashes, in no order. No folder: no files. */
export async function* filesUnder(folder: string): AsyncGenerator<string> {
  for (const entry of await entriesOf(folder)) {
    if (!entry.isDirectory()) {
      if (!entry.name.startsWith(unfinishedPrefix)) yield entry.name;
      continue;
    }
    for await (const path of filesUnder(join(folder, entry.name))) yield `${entry.name}/${path}`;
  }
}

/** There is no such file: nothing of that name, or something else than a file. */
export function isAbsent(cause: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes((cause as NodeJS.ErrnoException).code ?? '');
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    if (isAbsent(cause)) return [];
    throw cause;
  }
}
