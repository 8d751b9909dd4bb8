import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { SignatureV4, type SignatureV4CryptoInit, type SignatureV4Init } from '@smithy/signature-v4';

export interface ProxyOptions {
  /** The function's own address. */
  readonly target: URL;
  readonly port: number;
  readonly credentials: SignatureV4Init['credentials'];
  readonly region: SignatureV4Init['region'];
  readonly sha256: SignatureV4CryptoInit['sha256'];
}

export interface SignedProxy {
  readonly url: string;
  close(): Promise<void>;
}

const BODY_BYTES = 64 * 1024;
/** What a browser says that the page cares about; nothing else leaves this machine. */
const passedOn = ['accept', 'content-type', 'if-none-match', 'origin', 'sec-fetch-site', 'user-agent'] as const;
/** Belong to one connection, or were undone by reading the body. */
const ownHeaders = new Set(['connection', 'content-encoding', 'content-length', 'keep-alive', 'transfer-encoding']);

/**
 * The private page on this machine: signs what its own browser asks and passes it on. Answers to its own name only, so
 * that no foreign page can use the credentials behind it. Throws when the port is taken.
 */
export async function startSignedProxy(options: ProxyOptions): Promise<SignedProxy> {
  const { credentials, region, sha256 } = options;
  const signer = new SignatureV4({ service: 'lambda', credentials, region, sha256 });
  let host = '';
  const server = createServer((request, response) => {
    answer(request, response, { host, signer, target: options.target }).catch((error: unknown) => {
      refuse(
        response,
        502,
        `the dashboard in AWS cannot be reached: ${error instanceof Error ? error.message : String(error)}`,
        'pilot aws status',
      );
    });
  });
  host = `127.0.0.1:${await listen(server, options.port)}`;
  return { url: `http://${host}`, close: () => new Promise((done) => server.close(() => done())) };
}

interface Desk {
  readonly host: string;
  readonly signer: SignatureV4;
  readonly target: URL;
}

async function answer(request: IncomingMessage, response: ServerResponse, { host, signer, target }: Desk): Promise<void> {
  const { method = 'GET', headers } = request;
  if (headers.host !== host) return refuse(response, 421, `host: ${headers.host} is not this server`, `open http://${host}`);
  if (headers.origin !== undefined && headers.origin !== `http://${host}`)
    return refuse(response, 403, `origin: ${headers.origin} may not ask for anything here`, `open http://${host}`);
  const body = await bodyOf(request);
  if (body === undefined) return refuse(response, 413, 'the request is too large', 'send less');
  const url = new URL(request.url ?? '/', target);
  const signed = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries([...url.searchParams.keys()].map((key) => [key, url.searchParams.getAll(key)])),
    headers: { host: url.host },
    ...(body.length === 0 ? {} : { body }),
  });
  const { host: _set, ...signature } = signed.headers;
  const passed = Object.fromEntries(passedOn.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])));
  const sent = { method, headers: { ...passed, ...signature }, redirect: 'manual' as const, ...(body.length === 0 ? {} : { body }) };
  const answered = await fetch(url, sent);
  if (answered.status === 403 && answered.headers.has('x-amzn-errortype'))
    return refuse(
      response,
      403,
      `AWS does not let these credentials in (${await answered.text()})`,
      'use a profile that may invoke the function',
    );
  response.writeHead(answered.status, Object.fromEntries([...answered.headers].filter(([name]) => !ownHeaders.has(name))));
  response.end(Buffer.from(await answered.arrayBuffer()));
}

/** Undefined when it is larger than any request of the page. */
async function bodyOf(request: IncomingMessage): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > BODY_BYTES) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function refuse(response: ServerResponse, status: number, error: string, fix: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error, fix }));
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', done);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
