import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { BlobFailure, type Blobs, blobKey } from '../../ports/blobs.ts';

export interface S3BlobsOptions {
  readonly bucket: string;
  /** Beside what the environment says. */
  readonly client?: S3ClientConfig;
}

type Sdk = typeof import('@aws-sdk/client-s3');

/** Puts and gets are safe to repeat, so the client may; a part of a second each in the normal case. */
const bounds = { maxAttempts: 3, requestHandler: { connectionTimeout: 2_000, requestTimeout: 15_000 } } as const;

/** Recordings in one bucket. The SDK is loaded with the first call: most runs of most functions need none of it. */
export function s3Blobs({ bucket, client: config = {} }: S3BlobsOptions): Blobs {
  let opened: Promise<{ readonly sdk: Sdk; readonly client: S3Client }> | undefined;
  const open = () => {
    opened ??= import('@aws-sdk/client-s3').then((sdk) => ({ sdk, client: new sdk.S3Client({ ...bounds, ...config }) }));
    return opened;
  };
  const failing = (what: string) => (cause: unknown) => fail(`${what} in bucket ${bucket}`, cause);
  return {
    async put(key, bytes) {
      const Key = blobKey(key);
      const { sdk, client } = await open();
      const command = new sdk.PutObjectCommand({ Bucket: bucket, Key, Body: bytes });
      await client.send(command).catch(failing(`${key} could not be written`));
    },
    async get(key) {
      const Key = blobKey(key);
      const { sdk, client } = await open();
      try {
        const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket: bucket, Key }));
        return await Body?.transformToByteArray();
      } catch (cause) {
        return cause instanceof sdk.NoSuchKey ? undefined : failing(`${key} could not be read`)(cause);
      }
    },
    async list(prefix, after) {
      const { sdk, client } = await open();
      const pages = sdk.paginateListObjectsV2(
        { client },
        { Bucket: bucket, Prefix: prefix, ...(after !== undefined && { StartAfter: after }) },
      );
      return keysOf(pages).catch(failing(`keys with ${prefix} could not be listed`));
    },
  };
}

async function keysOf(
  pages: AsyncIterable<{ readonly Contents?: readonly { readonly Key?: string | undefined }[] | undefined }>,
): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { Contents = [] } of pages) keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
  return keys;
}

const fixes: Readonly<Record<string, string>> = {
  NoSuchBucket: 'create the bucket: `npm start` does on this machine, deploying the state stack does in AWS',
  AccessDenied: 'let the role use the bucket; the map in shared/system says which function may',
};

/** S3 said no, or nobody knows what it did. */
function fail(what: string, cause: unknown): never {
  const { name = 'Error', message = String(cause), $fault } = cause as Partial<Error> & { readonly $fault?: 'client' | 'server' };
  const outcome = $fault === 'client' ? 'refused' : 'unknown';
  throw new BlobFailure(`${what}: ${name}: ${message}. Fix: ${fixes[name] ?? 'run it again; if it stays, see how S3 is'}`, outcome, {
    cause,
  });
}
