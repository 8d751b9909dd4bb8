import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { filesUnder, isAbsent } from '../../../../shared/adapters/files/files-under.ts';
import { writeSafely } from '../../../../shared/adapters/files/write-safely.ts';
import { AwsFailure } from '../aws-failure.ts';

export interface StoredObject {
  readonly bytes: Buffer;
  readonly modified: Date;
}

/** Objects of one account as plain files: a folder per bucket, a key's slashes are folders. */
export interface ObjectFiles {
  createBucket(bucket: string): Promise<void>;
  /** Throws NoSuchBucket. */
  requireBucket(bucket: string): Promise<void>;
  put(bucket: string, key: string, bytes: Uint8Array): Promise<void>;
  get(bucket: string, key: string): Promise<StoredObject | undefined>;
  remove(bucket: string, key: string): Promise<void>;
  /** All keys with the prefix, in the order of their UTF-8 bytes. */
  keys(bucket: string, prefix: string): Promise<readonly string[]>;
  facts(bucket: string, key: string): Promise<{ readonly size: number; readonly modified: Date }>;
}

export function objectFiles(folder: string): ObjectFiles {
  const fileOf = (bucket: string, key: string): string => join(folder, bucket, ...key.split('/').map(fileName));
  return {
    async createBucket(bucket) {
      await mkdir(join(folder, bucket), { recursive: true });
    },
    async requireBucket(bucket) {
      const found = await stat(join(folder, bucket)).catch(() => undefined);
      if (found === undefined) throw new AwsFailure('NoSuchBucket', 'The specified bucket does not exist', 404);
    },
    put: (bucket, key, bytes) => writeSafely(fileOf(bucket, key), bytes).catch((cause) => refuseKey(key, cause)),
    async get(bucket, key) {
      const file = fileOf(bucket, key);
      try {
        return { bytes: await readFile(file), modified: (await stat(file)).mtime };
      } catch (cause) {
        if (isAbsent(cause)) return undefined;
        throw cause;
      }
    },
    remove: (bucket, key) => rm(fileOf(bucket, key), { force: true }),
    async keys(bucket, prefix) {
      const start = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      const found: string[] = [];
      const within = join(folder, bucket, ...start.split('/').filter(Boolean).map(fileName));
      for await (const path of filesUnder(within)) found.push(`${start}${path.split('/').map(decodeURIComponent).join('/')}`);
      return found.filter((key) => key.startsWith(prefix)).sort(byBytes);
    },
    async facts(bucket, key) {
      const { size, mtime } = await stat(fileOf(bucket, key));
      return { size, modified: mtime };
    },
  };
}

/** One segment of a key as a file name. `.` and `..` must not climb; a name like an unfinished file's must not hide. */
function fileName(segment: string): string {
  if (segment === '')
    throw new AwsFailure('InvalidArgument', 'keys with an empty segment are not served locally. Fix: no leading, trailing or double slash');
  return encodeURIComponent(segment).replace(/^\.+/, (dots) => '%2E'.repeat(dots.length));
}

/** The file system's own limits, said as S3 would. */
function refuseKey(key: string, cause: unknown): never {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'ENAMETOOLONG') throw new AwsFailure('KeyTooLongError', 'Your key is too long');
  if (code === 'EEXIST' || code === 'ENOTDIR' || code === 'EISDIR') {
    throw new AwsFailure(
      'InvalidRequest',
      `${key}: locally a key cannot be both an object and a folder of another. Fix: choose another key`,
      409,
    );
  }
  throw cause;
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
