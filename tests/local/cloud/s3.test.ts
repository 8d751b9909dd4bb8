import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchBucket,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { cloudUnderTest } from './cloud-under-test.ts';

async function bucketUnderTest() {
  const under = await cloudUnderTest();
  const s3 = new S3Client({ ...under.client, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'recordings' }));
  const put = (Key: string, Body: string | Uint8Array | Readable, more: object = {}) =>
    s3.send(new PutObjectCommand({ Bucket: 'recordings', Key, Body, ...more }));
  const get = async (Key: string) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'recordings', Key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  };
  return { ...under, s3, put, get };
}

test('an object comes back byte for byte, whatever its key, and no key leads out of its bucket', async () => {
  const { put, get, dataDir } = await bucketUnderTest();
  const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 31) % 256));
  for (const key of ['scans/2026/11/20.zst', 'a b/ü&<>"\'.txt', '../climb', '.unfinished-x', '%2e%2e/x', 'x=1+2']) {
    await put(key, bytes);
    expect((await get(key)).equals(bytes)).toBe(true);
  }
  expect(await readdir(join(dataDir, 's3'))).toEqual(['recordings']);
});

test('a stream arrives without its frames, and its checksum is checked', async () => {
  const { put, get, cloud } = await bucketUnderTest();
  const parts = ['one,', 'two,', 'three'];
  await put('stream', Readable.from(parts.map((part) => Buffer.from(part))), { ContentLength: parts.join('').length });
  expect((await get('stream')).toString()).toBe('one,two,three');
  const authorization = 'AWS4-HMAC-SHA256 Credential=tester/20260101/us-east-1/s3/aws4_request';
  const damaged = await fetch(`${cloud.endpoint}/recordings/damaged`, {
    method: 'PUT',
    headers: { authorization, 'content-encoding': 'aws-chunked' },
    body: '3\r\nabc\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n',
  });
  expect([damaged.status, await damaged.text()]).toEqual([400, expect.stringContaining('<Code>BadDigest</Code>')]);
  await expect(get('damaged')).rejects.toBeInstanceOf(NoSuchKey);
});

test('a body cut off inside a frame is refused whole', async () => {
  const { cloud, get } = await bucketUnderTest();
  const authorization = 'AWS4-HMAC-SHA256 Credential=tester/20260101/us-east-1/s3/aws4_request';
  const cut = await fetch(`${cloud.endpoint}/recordings/cut`, {
    method: 'PUT',
    headers: { authorization, 'content-encoding': 'aws-chunked' },
    body: '9\r\nabc',
  });
  expect(await cut.text()).toContain('<Code>IncompleteBody</Code>');
  await expect(get('cut')).rejects.toBeInstanceOf(NoSuchKey);
});

test('keys are listed in byte order, by prefix, from a point, page after page', async () => {
  const { put, s3 } = await bucketUnderTest();
  for (const key of ['b/2', 'a', 'b/10', 'b/1', 'b-', 'c/x/y']) await put(key, 'x');
  const list = async (more: object) => {
    const { Contents, NextContinuationToken } = await s3.send(new ListObjectsV2Command({ Bucket: 'recordings', ...more }));
    return { keys: Contents?.map(({ Key }) => Key), NextContinuationToken };
  };
  expect((await list({})).keys).toEqual(['a', 'b-', 'b/1', 'b/10', 'b/2', 'c/x/y']);
  expect((await list({ Prefix: 'b/1' })).keys).toEqual(['b/1', 'b/10']);
  expect((await list({ Prefix: 'b/', StartAfter: 'b/1' })).keys).toEqual(['b/10', 'b/2']);
  expect((await list({ Prefix: 'nothing/' })).keys).toBeUndefined();
  const first = await list({ MaxKeys: 4 });
  const second = await list({ MaxKeys: 4, ContinuationToken: first.NextContinuationToken });
  expect([...(first.keys ?? []), ...(second.keys ?? [])]).toEqual(['a', 'b-', 'b/1', 'b/10', 'b/2', 'c/x/y']);
  expect(second.NextContinuationToken).toBeUndefined();
});

test('head tells size and checksum without the bytes, delete takes the object away', async () => {
  const { put, s3, get } = await bucketUnderTest();
  await put('one', 'hello');
  const head = await s3.send(new HeadObjectCommand({ Bucket: 'recordings', Key: 'one' }));
  expect([head.ContentLength, head.ETag]).toEqual([5, '"5d41402abc4b2a76b9719d911017c592"']);
  await s3.send(new DeleteObjectCommand({ Bucket: 'recordings', Key: 'one' }));
  await expect(get('one')).rejects.toBeInstanceOf(NoSuchKey);
  await expect(s3.send(new HeadObjectCommand({ Bucket: 'recordings', Key: 'one' }))).rejects.toBeInstanceOf(NotFound);
});

test('what would be lost or confused is refused instead', async () => {
  const { put, s3 } = await bucketUnderTest();
  await put('folder/file', 'x');
  await expect(put('folder', 'x')).rejects.toThrow(/both an object and a folder/);
  await expect(put('file', 'x', { Metadata: { owner: 'me' } })).rejects.toThrow(/x-amz-meta-owner is not kept/);
  await expect(put('a//b', 'x')).rejects.toThrow(/empty segment/);
  await expect(s3.send(new PutObjectCommand({ Bucket: 'elsewhere', Key: 'a', Body: 'x' }))).rejects.toBeInstanceOf(NoSuchBucket);
});
