import type * as z from 'zod/mini';
import { refusalWords } from '../../../shared/system/config/refusal-words.ts';
import { AwsFailure } from './aws-failure.ts';
import { type AwsReply, type AwsRequest, header } from './aws-request.ts';

/** AWS JSON 1.0 and 1.1: the operation stands in a header, everything else in the body. */
export function jsonProtocol(version: '1.0' | '1.1'): {
  readonly reply: (body: unknown) => AwsReply;
  readonly refuse: (failure: AwsFailure) => AwsReply;
} {
  const headers = { 'content-type': `application/x-amz-json-${version}` };
  return {
    reply: (body) => ({ status: 200, headers, body: JSON.stringify(body) }),
    refuse: ({ status, code, message, members }) => ({
      status,
      headers: { ...headers, 'x-amzn-errortype': code },
      body: JSON.stringify({ ...members, __type: code, message }),
    }),
  };
}

export function jsonOperation(request: AwsRequest): string {
  return header(request, 'x-amz-target')?.split('.').at(-1) ?? '';
}

/** The body in its shape, else a ValidationException that names the field. */
export function jsonBody<T>(request: AwsRequest, shape: z.ZodMiniType<T>): T {
  let body: unknown;
  try {
    body = JSON.parse(request.body.toString('utf8'));
  } catch {
    throw new AwsFailure('SerializationException', 'the body is not JSON. Fix: call it through an AWS client');
  }
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new AwsFailure('ValidationException', refusalWords(parsed.error));
}

export function unknownOperation(service: string, operation: string): AwsFailure {
  return new AwsFailure(
    'UnknownOperationException',
    `${service} ${operation === '' ? 'without an operation' : operation} is not served locally. Fix: use the operations in local/cloud/services, or add it there`,
  );
}
