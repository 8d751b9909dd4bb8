import { s3Blobs } from '../adapters/s3/s3-blobs.ts';
import type { Blobs } from '../ports/blobs.ts';
import { named, type Parts } from './parts.ts';

let opened: { readonly bucket: string; readonly blobs: Blobs } | undefined;

/** The bucket of recordings; its client is made with the first call and kept while the process lives. */
export function openRecordings({ environment, standIns }: Parts): Blobs {
  if (standIns) return standIns.recordings;
  const bucket = named(environment, 'PILOT_RECORDINGS_BUCKET');
  // An address that is an IP cannot carry the bucket's name in front of it.
  if (opened?.bucket !== bucket) opened = { bucket, blobs: s3Blobs({ bucket, client: { forcePathStyle: true } }) };
  return opened.blobs;
}
