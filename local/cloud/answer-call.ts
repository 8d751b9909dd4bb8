import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CloudCall } from './cloud-call.ts';
import { type FaultKind, type Faults, failureOf } from './faults.ts';
import type { Authorize } from './iam/role-guard.ts';
import type { AwsApi, Planned } from './services/aws-api.ts';
import { AwsFailure } from './services/aws-failure.ts';
import { type AwsReply, type AwsRequest, readAwsRequest } from './services/aws-request.ts';
import { jsonProtocol } from './services/json-protocol.ts';

/** What every call is answered with. */
export interface CloudDesk {
  readonly services: Readonly<Record<string, AwsApi>>;
  readonly faults: Faults;
  readonly authorize: Authorize | undefined;
  readonly onCall: ((call: CloudCall) => void) | undefined;
  readonly log: (line: string) => void;
}

/** Understood, allowed, done; then seen. `undefined` breaks the connection instead of answering. */
export async function answerCall(desk: CloudDesk, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  let reply: AwsReply | undefined;
  try {
    const request = await readAwsRequest(incoming);
    reply = await answer(desk, request);
  } catch (cause) {
    if (!(cause instanceof AwsFailure))
      desk.log(`local AWS endpoint: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
    reply = jsonProtocol('1.0').refuse(asFailure(cause));
  }
  if (reply === undefined) incoming.socket.destroy();
  else response.writeHead(reply.status, { ...reply.headers }).end(reply.body);
}

async function answer(desk: CloudDesk, request: AwsRequest): Promise<AwsReply | undefined> {
  const service = desk.services[request.service];
  if (service === undefined) throw new AwsFailure('UnknownService', `${request.service} is not served locally. Fix: ${known(desk)}`, 404);
  let planned: Planned | undefined;
  const seen = (reply: AwsReply | undefined, failure?: string): void => {
    const call = {
      service: request.service,
      operation: planned?.operation ?? '',
      principal: request.principal,
      needs: planned?.needs ?? [],
      sent: bytesOf(request.body),
      answered: bytesOf(reply?.body),
    };
    desk.onCall?.({ ...call, status: reply?.status, ...(failure !== undefined && { failure }) });
  };
  try {
    planned = await service.plan(request);
    const fault = desk.faults.take(request.service, planned);
    const reply = await act(desk, request, planned, fault);
    seen(reply, reply === undefined ? fault : undefined);
    return reply;
  } catch (cause) {
    const failure = asFailure(cause);
    if (failure !== cause)
      desk.log(`local AWS endpoint: ${request.service}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
    const refusal = service.refuse(failure);
    seen(refusal, `${failure.code}: ${failure.message}`);
    return refusal;
  }
}

async function act(desk: CloudDesk, request: AwsRequest, planned: Planned, fault: FaultKind | undefined): Promise<AwsReply | undefined> {
  const denied = desk.authorize?.(request.principal, planned.needs);
  if (denied !== undefined) throw new AwsFailure(denialCodes[request.service] ?? 'AccessDeniedException', denied, 403);
  const failure = fault && failureOf(fault, request.service, planned);
  if (failure !== undefined) throw failure;
  if (fault === 'dropped') return undefined;
  const reply = await planned.run();
  return fault === 'lost-answer' ? undefined : reply;
}

const denialCodes: Readonly<Record<string, string>> = {
  sns: 'AuthorizationError',
  s3: 'AccessDenied',
  sqs: 'AccessDenied',
  sts: 'AccessDenied',
};

function asFailure(cause: unknown): AwsFailure {
  if (cause instanceof AwsFailure) return cause;
  return new AwsFailure('InternalFailure', cause instanceof Error ? cause.message : String(cause), 500);
}

function known(desk: CloudDesk): string {
  return `use ${Object.keys(desk.services).join(', ')}`;
}

/** JSON within JSON is escaped on its way, and not where it is kept. */
function bytesOf(body: string | Uint8Array = ''): number {
  const bytes = Buffer.from(body);
  let escapes = 0;
  for (let at = bytes.indexOf('\\"'); at !== -1; at = bytes.indexOf('\\"', at + 2)) escapes++;
  return bytes.length - escapes;
}
