import { createHash } from 'node:crypto';
import { arn } from '../../arn.ts';
import type { Permission } from '../../iam/permission.ts';
import type { AwsApi, Planned } from '../aws-api.ts';
import { AwsFailure } from '../aws-failure.ts';
import type { AwsReply, AwsRequest } from '../aws-request.ts';
import { unknownOperation } from '../json-protocol.ts';
import { xmlElement } from '../xml.ts';
import { crc32Text, objectBytes } from './aws-chunked.ts';
import { listObjects } from './list-objects.ts';
import { type ObjectFiles, objectFiles } from './object-files.ts';

/** S3 over path-style REST, whole objects. Metadata and versions are not kept, and asking for them is refused. */
export function s3(folder: string): AwsApi {
  const files = objectFiles(folder);
  return {
    plan(request) {
      const [, bucket = '', ...segments] = request.path.split('/').map(decodeURIComponent);
      if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
        throw new AwsFailure('InvalidBucketName', 'The specified bucket is not valid.');
      const key = segments.join('/');
      refuseWhatWouldBeLost(request);
      return key === '' ? planBucket(files, request, bucket) : planObject(files, request, bucket, key);
    },
    refuse: ({ status, code, message }) => ({ status, headers: xml, body: xmlElement('Error', { Code: code, Message: message }) }),
  };
}

const xml = { 'content-type': 'application/xml' };

function planBucket(files: ObjectFiles, request: AwsRequest, bucket: string): Planned {
  const resource = arn.bucket(bucket);
  const plan = (operation: string, action: string, done: () => Promise<AwsReply>): Planned => ({
    operation,
    needs: [{ action, resource }],
    run: done,
  });
  const empty: AwsReply = { status: 200 };
  if (request.method === 'PUT') return plan('CreateBucket', 's3:CreateBucket', () => files.createBucket(bucket).then(() => empty));
  if (request.method === 'HEAD') return plan('HeadBucket', 's3:ListBucket', () => files.requireBucket(bucket).then(() => empty));
  if (request.method !== 'GET' || request.query.get('list-type') !== '2') throw unknownOperation('s3', `${request.method} of a bucket`);
  return {
    operation: 'ListObjectsV2',
    needs: [{ action: 's3:ListBucket', resource, context: { 's3:prefix': [request.query.get('prefix') ?? ''] } }],
    run: async () => ({ status: 200, headers: xml, body: await listObjects(files, bucket, request.query) }),
  };
}

function planObject(files: ObjectFiles, request: AwsRequest, bucket: string, key: string): Planned {
  const needs = (action: string): readonly Permission[] => [{ action, resource: arn.object(bucket, key) }];
  const plans: Readonly<Record<string, Planned>> = {
    PUT: { operation: 'PutObject', needs: needs('s3:PutObject'), run: () => put(files, request, bucket, key) },
    GET: { operation: 'GetObject', needs: needs('s3:GetObject'), run: () => get(files, bucket, key) },
    HEAD: { operation: 'HeadObject', needs: needs('s3:GetObject'), run: async () => ({ ...(await get(files, bucket, key)), body: '' }) },
    DELETE: { operation: 'DeleteObject', needs: needs('s3:DeleteObject'), run: () => remove(files, bucket, key) },
  };
  const plan = plans[request.method];
  if (plan === undefined || request.query.has('uploads') || request.query.has('uploadId'))
    throw unknownOperation('s3', `${request.method} of an object`);
  return plan;
}

async function put(files: ObjectFiles, request: AwsRequest, bucket: string, key: string): Promise<AwsReply> {
  await files.requireBucket(bucket);
  const bytes = objectBytes(request);
  await files.put(bucket, key, bytes);
  return { status: 200, headers: { etag: etag(bytes), 'x-amz-checksum-crc32': crc32Text(bytes), 'x-amz-checksum-type': 'FULL_OBJECT' } };
}

async function get(files: ObjectFiles, bucket: string, key: string): Promise<AwsReply> {
  await files.requireBucket(bucket);
  const found = await files.get(bucket, key);
  if (found === undefined) throw new AwsFailure('NoSuchKey', 'The specified key does not exist.', 404);
  const { bytes, modified } = found;
  const headers = {
    'content-type': 'binary/octet-stream',
    'content-length': String(bytes.length),
    etag: etag(bytes),
    'last-modified': modified.toUTCString(),
    'x-amz-checksum-crc32': crc32Text(bytes),
    'x-amz-checksum-type': 'FULL_OBJECT',
  };
  return { status: 200, headers, body: bytes };
}

async function remove(files: ObjectFiles, bucket: string, key: string): Promise<AwsReply> {
  await files.requireBucket(bucket);
  await files.remove(bucket, key);
  return { status: 204 };
}

function etag(bytes: Uint8Array): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`;
}

function refuseWhatWouldBeLost(request: AwsRequest): void {
  const lost = Object.keys(request.headers).find(
    (name) => name.startsWith('x-amz-meta-') || name === 'x-amz-tagging' || name.startsWith('if-'),
  );
  if (lost !== undefined)
    throw new AwsFailure('NotImplemented', `${lost} is not kept locally. Fix: leave it out, or add it to local/cloud/services/s3`, 501);
}
