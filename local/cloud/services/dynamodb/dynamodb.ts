import type { AwsApi } from '../aws-api.ts';
import { AwsFailure } from '../aws-failure.ts';
import { type AwsReply, type AwsRequest, header } from '../aws-request.ts';
import { jsonOperation, jsonProtocol } from '../json-protocol.ts';
import { dynamodbNeeds } from './dynamodb-needs.ts';
import { keyNames } from './key-names.ts';

/** Passes DynamoDB's requests on to the engine, having said what each one touches. */
export function dynamodb(engine: string): AwsApi {
  const namesOf = keyNames((operation, body) => ask(engine, operation, Buffer.from(JSON.stringify(body))));
  return {
    async plan(request) {
      const operation = jsonOperation(request);
      const needs = await dynamodbNeeds(operation, parse(request), namesOf);
      return { operation, needs, run: () => ask(engine, operation, request.body, header(request, 'content-type')) };
    },
    refuse: jsonProtocol('1.0').refuse,
  };
}

/** One caller for all: some engines keep separate tables per access key. */
const signature = 'AWS4-HMAC-SHA256 Credential=local/20200101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=local';

async function ask(engine: string, operation: string, body: Uint8Array, type = 'application/x-amz-json-1.0'): Promise<AwsReply> {
  const headers = {
    'content-type': type,
    'x-amz-target': `DynamoDB_20120810.${operation}`,
    'x-amz-date': '20200101T000000Z',
    authorization: signature,
    'accept-encoding': 'identity',
  };
  let response: Response;
  try {
    response = await fetch(engine, { method: 'POST', headers, body: new Uint8Array(body) });
  } catch {
    throw new AwsFailure('ServiceUnavailable', `the DynamoDB engine at ${engine} does not answer. Fix: start it again`, 503);
  }
  const passed = ['content-type', 'x-amz-crc32', 'x-amzn-requestid'].flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return { status: response.status, headers: Object.fromEntries(passed), body: new Uint8Array(await response.arrayBuffer()) };
}

function parse(request: AwsRequest): unknown {
  try {
    return JSON.parse(request.body.toString('utf8'));
  } catch {
    throw new AwsFailure('SerializationException', 'the body is not JSON. Fix: call it through an AWS client');
  }
}
