import { arn } from '../arn.ts';
import type { AwsApi } from './aws-api.ts';
import { AwsFailure } from './aws-failure.ts';
import { type AwsReply, type AwsRequest, header } from './aws-request.ts';
import { unknownOperation } from './json-protocol.ts';

/** What a function answered. */
export interface Invoked {
  readonly payload: Uint8Array | string;
  /** Present when the function failed; the payload then is the error. */
  readonly functionError?: 'Unhandled';
  /** The last of what it logged. */
  readonly logTail?: string;
}

/**
 * Runs a function by name or ARN. `async`: returns as soon as it is accepted. Undefined when there is no such function;
 * throws AwsFailure when it cannot run now.
 */
export type Invoker = (name: string, payload: Uint8Array, how: { readonly async: boolean }) => Promise<Invoked | undefined>;

const path = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** Lambda's Invoke, waiting for the answer or not. */
export function lambda(invoke: Invoker | undefined): AwsApi {
  return {
    plan(request) {
      const name = decodeURIComponent(path.exec(request.path)?.[1] ?? '');
      if (name === '' || request.method !== 'POST') throw unknownOperation('lambda', `${request.method} ${request.path}`);
      const short = functionName(name);
      const needs = [{ action: 'lambda:InvokeFunction', resource: arn.function(short) }];
      return { operation: 'Invoke', needs, run: () => answer(request, short, invoke) };
    },
    refuse: ({ status, code, message, members }) => ({
      status,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
      body: JSON.stringify({ ...members, Type: status < 500 ? 'User' : 'Server', message, Message: message }),
    }),
  };
}

async function answer(request: AwsRequest, name: string, invoke: Invoker | undefined): Promise<AwsReply> {
  const async = header(request, 'x-amz-invocation-type') === 'Event';
  refuseBadPayload(request.body);
  const invoked = await invoke?.(name, request.body, { async });
  if (invoked === undefined) throw new AwsFailure('ResourceNotFoundException', `Function not found: ${arn.function(name)}`, 404);
  if (async) return { status: 202 };
  const tail = header(request, 'x-amz-log-type') === 'Tail' ? invoked.logTail : undefined;
  const headers = {
    'content-type': 'application/json',
    'x-amz-executed-version': '$LATEST',
    ...(invoked.functionError !== undefined && { 'x-amz-function-error': invoked.functionError }),
    ...(tail !== undefined && { 'x-amz-log-result': Buffer.from(tail).toString('base64') }),
  };
  return { status: 200, headers, body: invoked.payload };
}

function refuseBadPayload(body: Buffer): void {
  try {
    if (body.length > 0) JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsFailure('InvalidRequestContentException', 'Could not parse request body into json.');
  }
}

/** Name, `name:qualifier`, partial or whole ARN. */
function functionName(given: string): string {
  const parts = given.split(':');
  const at = parts.indexOf('function');
  return (at === -1 ? parts[0] : parts[at + 1]) ?? given;
}
