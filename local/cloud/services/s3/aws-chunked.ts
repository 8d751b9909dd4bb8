import { crc32 } from 'node:zlib';
import { AwsFailure } from '../aws-failure.ts';
import { type AwsRequest, header } from '../aws-request.ts';

/** The object in the body: streams arrive in frames with their checksum at the end. Throws AwsFailure when it is damaged. */
export function objectBytes(request: AwsRequest): Buffer {
  const framed = (header(request, 'content-encoding') ?? '').includes('aws-chunked');
  const { data, trailers } = framed ? unframe(request.body) : { data: request.body, trailers: new Map<string, string>() };
  const length = header(request, 'x-amz-decoded-content-length');
  if (framed && length !== undefined && Number(length) !== data.length) {
    throw new AwsFailure('IncompleteBody', 'You did not provide the number of bytes specified by the Content-Length HTTP header');
  }
  const sent = header(request, 'x-amz-checksum-crc32') ?? trailers.get('x-amz-checksum-crc32');
  if (sent !== undefined && sent !== crc32Text(data)) {
    throw new AwsFailure('BadDigest', 'The CRC32 you specified did not match the calculated checksum.');
  }
  return data;
}

/** Base64 of the four bytes, as S3 writes it. */
export function crc32Text(data: Uint8Array): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(data));
  return bytes.toString('base64');
}

/** Frames are `size-in-hex[;signature]`, a line end, the bytes, a line end; size 0 begins the trailers. */
function unframe(body: Buffer): { readonly data: Buffer; readonly trailers: ReadonlyMap<string, string> } {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, lineEnd === -1 ? at : lineEnd), 16);
    if (Number.isNaN(size)) throw new AwsFailure('IncompleteBody', 'The request body terminated unexpectedly');
    const start = lineEnd + 2;
    if (size === 0) return { data: Buffer.concat(parts), trailers: readTrailers(body.toString('latin1', start)) };
    parts.push(body.subarray(start, start + size));
    at = start + size + 2;
  }
}

function readTrailers(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\r\n').filter((line) => line.includes(':'));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
}
