import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { AwsFailure } from './aws-failure.ts';

/** One signed request to AWS. The signature names the service and the caller; it is not verified here. */
export interface AwsRequest {
  readonly method: string;
  /** As sent, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Signing name: `s3`, `sns`, `dynamodb`. */
  readonly service: string;
  /** Access key id. The local runtime gives each function the name of its role. */
  readonly principal: string;
}

export interface AwsReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Throws AwsFailure for a request without a version 4 signature. */
export async function readAwsRequest(incoming: IncomingMessage): Promise<AwsRequest> {
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  const credential = /Credential=([^,\s]+)/.exec(incoming.headers.authorization ?? '')?.[1];
  const [principal, , , service] = (credential ?? '').split('/');
  const body = await buffer(incoming);
  if (principal === undefined || service === undefined) {
    throw new AwsFailure(
      'MissingAuthenticationToken',
      'the request is not signed. Fix: call it through an AWS client with any credentials',
      403,
    );
  }
  return {
    method: incoming.method ?? 'GET',
    path: (incoming.url ?? '/').split('?')[0] ?? '/',
    query: url.searchParams,
    headers: incoming.headers,
    body,
    service,
    principal,
  };
}

export function header(request: AwsRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
