import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { s3Blobs } from '../../../shared/adapters/s3/s3-blobs.ts';
import { BlobFailure } from '../../../shared/ports/blobs.ts';
import { blobsContract } from '../../contract/blobs-contract.ts';
import { clientOf, cloudUnderTest } from '../../local/cloud/cloud-under-test.ts';

async function bucketUnderTest() {
  const under = await cloudUnderTest();
  const client = { ...under.client, maxAttempts: 3 };
  await new S3Client(client).send(new CreateBucketCommand({ Bucket: 'recordings' }));
  return { ...under, blobs: s3Blobs({ bucket: 'recordings', client }) };
}

blobsContract('S3 over the wire', async () => (await bucketUnderTest()).blobs);

test('a passing failure is tried again, a lasting one is named and its outcome unknown', async () => {
  const { blobs, cloud, calls } = await bucketUnderTest();
  cloud.faults.add({ service: 's3', operation: 'PutObject', kind: 'throttled', times: 2 });
  await blobs.put('a', Uint8Array.of(1));
  expect(calls.filter(({ operation }) => operation === 'PutObject').map(({ status }) => status)).toEqual([503, 503, 200]);
  cloud.faults.add({ service: 's3', kind: 'failing' });
  const failed = await blobs.get('a').catch((cause: unknown) => cause);
  expect(failed).toBeInstanceOf(BlobFailure);
  expect(failed).toMatchObject({ outcome: 'unknown', message: expect.stringMatching(/a could not be read in bucket recordings: .*Fix: /) });
});

test('a lost answer is asked for again, and the recording is there once', async () => {
  const { blobs, cloud } = await bucketUnderTest();
  cloud.faults.add({ service: 's3', operation: 'PutObject', kind: 'lost-answer', times: 1 });
  await blobs.put('a', Uint8Array.of(1));
  expect(await blobs.list('')).toEqual(['a']);
});

test('a bucket that does not exist is a refusal with its fix', async () => {
  const { cloud } = await cloudUnderTest();
  const blobs = s3Blobs({ bucket: 'nowhere', client: clientOf(cloud.endpoint) });
  for (const ask of [() => blobs.put('a', Uint8Array.of(1)), () => blobs.get('a'), () => blobs.list('')]) {
    await expect(ask()).rejects.toMatchObject({
      outcome: 'refused',
      message: expect.stringMatching(/NoSuchBucket.*Fix: create the bucket/),
    });
  }
});

test('more keys than fit a page are all listed', async () => {
  const { blobs } = await bucketUnderTest();
  const keys = Array.from({ length: 1003 }, (_, index) => `k/${String(index).padStart(4, '0')}`);
  for (let at = 0; at < keys.length; at += 100) await Promise.all(keys.slice(at, at + 100).map((key) => blobs.put(key, Uint8Array.of(1))));
  expect(await blobs.list('k/')).toEqual(keys);
});
