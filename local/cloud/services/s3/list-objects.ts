import { AwsFailure } from '../aws-failure.ts';
import { xmlElement } from '../xml.ts';
import type { ObjectFiles } from './object-files.ts';

/** ListObjectsV2: keys after a point, at most a thousand, and where to go on. */
export async function listObjects(files: ObjectFiles, bucket: string, query: URLSearchParams): Promise<string> {
  await files.requireBucket(bucket);
  if (query.has('delimiter')) throw new AwsFailure('NotImplemented', 'delimiter is not served locally. Fix: list by prefix', 501);
  const prefix = query.get('prefix') ?? '';
  const token = query.get('continuation-token') ?? undefined;
  const after = token === undefined ? (query.get('start-after') ?? '') : Buffer.from(token, 'base64url').toString('utf8');
  const most = Math.min(Number(query.get('max-keys') ?? 1000), 1000);
  const keys = (await files.keys(bucket, prefix)).filter((key) => Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0);
  const page = keys.slice(0, most);
  const last = keys.length > page.length ? page.at(-1) : undefined;
  const Contents = await Promise.all(page.map((key) => listed(files, bucket, key)));
  const result = {
    Name: bucket,
    Prefix: prefix,
    KeyCount: page.length,
    MaxKeys: most,
    IsTruncated: last !== undefined,
    ContinuationToken: token,
    NextContinuationToken: last === undefined ? undefined : Buffer.from(last).toString('base64url'),
    Contents,
  };
  return xmlElement('ListBucketResult', result, 'http://s3.amazonaws.com/doc/2006-03-01/');
}

async function listed(files: ObjectFiles, bucket: string, key: string): Promise<Readonly<Record<string, string | number>>> {
  const { size, modified } = await files.facts(bucket, key);
  return { Key: key, LastModified: modified.toISOString(), Size: size, StorageClass: 'STANDARD' };
}
