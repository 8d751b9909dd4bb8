import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fileBlobs } from '../../../shared/adapters/files/file-blobs.ts';
import { unfinishedPrefix, writeSafely } from '../../../shared/adapters/files/write-safely.ts';
import { BlobFailure } from '../../../shared/ports/blobs.ts';
import { blobsContract } from '../../contract/blobs-contract.ts';
import { memoryBlobs } from '../../fixtures/memory-blobs.ts';

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pilot-files-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

blobsContract('a folder', async () => fileBlobs(await emptyFolder()));
blobsContract('memory', async () => memoryBlobs());

test('a recording is a file named like its key, and what a crash left unfinished is no recording', async () => {
  const folder = await emptyFolder();
  const blobs = fileBlobs(folder);
  await blobs.put('scans/one.zst', Uint8Array.of(1));
  await writeFile(join(folder, 'scans', `${unfinishedPrefix}x`), 'half');
  expect(await blobs.list('')).toEqual(['scans/one.zst']);
  expect((await readdir(join(folder, 'scans'))).sort()).toEqual([`${unfinishedPrefix}x`, 'one.zst']);
});

test('a write that cannot be done leaves nothing behind and says what to do', async () => {
  const folder = await emptyFolder();
  const blobs = fileBlobs(folder);
  await blobs.put('scans', Uint8Array.of(1));
  const failed = blobs.put('scans/one', Uint8Array.of(2));
  await expect(failed).rejects.toBeInstanceOf(BlobFailure);
  await expect(failed).rejects.toThrow(/scans.one could not be written: .*Fix: /);
  await mkdir(join(folder, 'taken', 'x'), { recursive: true });
  await expect(writeSafely(join(folder, 'taken'), 'text')).rejects.toThrow('taken');
  expect((await readdir(folder)).sort()).toEqual(['scans', 'taken']);
});
