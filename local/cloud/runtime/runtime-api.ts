import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** One event, and what the function is told of it. */
export interface RuntimeEvent {
  readonly requestId: string;
  readonly functionArn: string;
  /** What time it is for the function, and when it must be done, ms since 1970. */
  readonly now: number;
  readonly deadline: number;
  readonly payload: Uint8Array;
}

export interface RuntimeAnswer {
  readonly body: Buffer;
  readonly failed: boolean;
}

/** AWS's Lambda Runtime API for one environment: it asks for events and posts answers. */
export interface RuntimeApi {
  /** `host:port`, as `AWS_LAMBDA_RUNTIME_API` wants it. */
  readonly address: string;
  /** The code is loaded: undefined; or it could not be, and why. */
  readonly ready: Promise<RuntimeAnswer | undefined>;
  /** One event at a time. */
  run(event: RuntimeEvent): Promise<RuntimeAnswer>;
  close(): void;
}

const base = '/2018-06-01/runtime';

/** Source: AWS Lambda Developer Guide, "Using the Lambda runtime API". */
export async function startRuntimeApi(): Promise<RuntimeApi> {
  const ready = Promise.withResolvers<RuntimeAnswer | undefined>();
  let asking: ServerResponse | undefined;
  let waiting: { readonly event: RuntimeEvent; readonly answer: (answer: RuntimeAnswer) => void } | undefined;

  const handOver = (): void => {
    if (asking === undefined || waiting === undefined) return;
    giveEvent(asking, waiting.event);
    asking = undefined;
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    if (request.url === `${base}/invocation/next`) {
      ready.resolve(undefined);
      asking = response;
      return handOver();
    }
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
    const answer = { body, failed: request.url?.endsWith('/error') ?? false };
    if (request.url === `${base}/init/error`) ready.resolve(answer);
    else if (waiting !== undefined && request.url?.startsWith(`${base}/invocation/${waiting.event.requestId}/`)) waiting.answer(answer);
  }

  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    ready: ready.promise,
    run(event) {
      return new Promise((resolve) => {
        const answer = (given: RuntimeAnswer): void => {
          waiting = undefined;
          resolve(given);
        };
        waiting = { event, answer };
        handOver();
      });
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function giveEvent(response: ServerResponse, { requestId, functionArn, now, deadline, payload }: RuntimeEvent): void {
  response
    .writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': requestId,
      'lambda-runtime-deadline-ms': String(deadline),
      'local-now-ms': String(now),
      'lambda-runtime-invoked-function-arn': functionArn,
      'lambda-runtime-trace-id': 'Root=1-00000000-000000000000000000000000;Sampled=0',
    })
    .end(payload);
}
