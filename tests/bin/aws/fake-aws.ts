import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished, vi } from 'vitest';

export interface FakeAws {
  /** Stack name to its state. */
  readonly stacks: Readonly<Record<string, string>>;
  /** What the functions were told; undefined: no function is there. */
  readonly variables?: Readonly<Record<string, string>>;
  /** A function's answer by its name. */
  invoke?(name: string, event: unknown): { readonly answer: unknown; readonly failed?: boolean };
  readonly logs?: Readonly<Record<string, readonly { readonly eventId: string; readonly timestamp: number; readonly message: string }[]>>;
}

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** AWS's control plane as far as `pilot aws` reads it, until the test ends; credentials and region are those of this account. */
export async function fakeAws(aws: FakeAws): Promise<void> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { status = 200, headers = {}, body: said } = answer(aws, request, body);
      response.writeHead(status, headers);
      response.end(said);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const variables = { AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'secret' };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}

function answer(aws: FakeAws, { url = '', headers }: IncomingMessage, body: string): Reply {
  const target = String(headers['x-amz-target'] ?? '');
  if (target.endsWith('FilterLogEvents')) {
    const { logGroupName } = JSON.parse(body) as { logGroupName: string };
    return json({ events: aws.logs?.[logGroupName.replace('/aws/lambda/kalshi-pilot-', '')] ?? [] });
  }
  if (url.includes('/functions/')) return lambda(aws, url, body);
  const form = new URLSearchParams(body);
  if (form.get('Action') === 'GetCallerIdentity')
    return xml('GetCallerIdentity', '<Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/me</Arn><UserId>me</UserId>');
  return describeStacks(aws, form.get('StackName') ?? '');
}

function lambda({ variables, invoke }: FakeAws, url: string, body: string): Reply {
  const name = /functions\/kalshi-pilot-([\w-]+)/.exec(url)?.[1] ?? '';
  if (variables === undefined)
    return {
      ...json({ message: `Function not found: ${name}` }),
      status: 404,
      headers: { 'x-amzn-errortype': 'ResourceNotFoundException' },
    };
  if (url.endsWith('/configuration')) return json({ FunctionName: name, Environment: { Variables: variables } });
  const { answer: said, failed = false } = invoke?.(name, JSON.parse(body)) ?? { answer: {} };
  return { ...json(said), headers: failed ? { 'x-amz-function-error': 'Unhandled' } : {} };
}

function describeStacks({ stacks }: FakeAws, name: string): Reply {
  const state = stacks[name];
  if (state === undefined) {
    const said = `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ${name} does not exist</Message></Error></ErrorResponse>`;
    return { status: 400, body: said };
  }
  const output = '<Outputs><member><OutputKey>PrivateUrl</OutputKey><OutputValue>https://x</OutputValue></member></Outputs>';
  const facts = `<StackName>${name}</StackName><StackStatus>${state}</StackStatus><CreationTime>2026-11-20T10:00:00Z</CreationTime>`;
  return xml('DescribeStacks', `<Stacks><member>${facts}${name.endsWith('dashboard') ? output : ''}</member></Stacks>`);
}

function xml(action: string, result: string): Reply {
  return { body: `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>` };
}

function json(value: unknown): Reply {
  return { body: JSON.stringify(value) };
}
