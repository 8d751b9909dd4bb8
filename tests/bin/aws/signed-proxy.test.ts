import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type SignedProxy, startSignedProxy } from '../../../bin/aws/signed-proxy.ts';

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret', sessionToken: 'session' };
const region = 'us-east-1';
const { sha256 } = new LambdaClient({ region, credentials }).config;
const signer = new SignatureV4({ service: 'lambda', credentials, region, sha256 });

/** Lambda's door: lets in what is signed for its own name with the account's key, and echoes it. */
async function lambdaUrl(): Promise<{ readonly target: URL; readonly seen: IncomingMessage[] }> {
  const seen: IncomingMessage[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    seen.push(request);
    const body = await text(request);
    const wanted = await signatureOf(request, body);
    const good = request.headers.authorization === wanted;
    response.writeHead(good ? 200 : 403, {
      'content-type': 'text/plain',
      etag: '"1"',
      ...(good ? {} : { 'x-amzn-errortype': 'Forbidden' }),
    });
    response.end(good ? `${request.method} ${request.url} ${body}` : 'Forbidden');
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return { target: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), seen };
}

/** As AWS does: over the headers that the request says it signed, at the time it says. */
async function signatureOf({ method = '', url = '', headers }: IncomingMessage, body: string): Promise<string | undefined> {
  const asked = new URL(url, 'http://lambda');
  const names = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
  const date = String(headers['x-amz-date']);
  const { headers: signed } = await signer.sign(
    {
      method,
      protocol: 'http:',
      hostname: 'lambda',
      path: asked.pathname,
      query: Object.fromEntries([...asked.searchParams.keys()].map((key) => [key, asked.searchParams.getAll(key)])),
      headers: Object.fromEntries(names.filter((name) => !name.startsWith('x-amz-')).map((name) => [name, String(headers[name])])),
      ...(body.length === 0 ? {} : { body }),
    },
    { signingDate: new Date(date.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z')) },
  );
  return signed.authorization;
}

async function proxyTo(target: URL, key = credentials): Promise<SignedProxy> {
  const proxy = await startSignedProxy({ target, port: 0, credentials: key, region, sha256 });
  onTestFinished(() => proxy.close());
  return proxy;
}

describe('the signed proxy', () => {
  test.each(['/', '/api/trades?limit=5&after=2026-11-20T10%3A00%3A00Z', '/api/x%20y?a=1&a=2'])(
    'signs %s so that AWS lets it in',
    async (path) => {
      const { target, seen } = await lambdaUrl();
      const { url } = await proxyTo(target);
      const answer = await fetch(`${url}${path}`);
      expect([answer.status, answer.headers.get('etag')]).toEqual([200, '"1"']);
      expect(await answer.text()).toBe(`GET ${path} `);
      expect(seen[0]?.headers['x-amz-security-token']).toBe('session');
    },
  );

  test('signs the body of an action, and says which page it comes from', async () => {
    const { target, seen } = await lambdaUrl();
    const { url } = await proxyTo(target);
    const answer = await fetch(`${url}/api/actions/pause`, {
      method: 'POST',
      body: '{"reason":"é"}',
      headers: { origin: url, 'content-type': 'application/json' },
    });
    expect(await answer.text()).toBe('POST /api/actions/pause {"reason":"é"}');
    expect(seen[0]?.headers).toMatchObject({ origin: url, 'content-type': 'application/json' });
  });

  test('passes no cookie and no authorization of the browser on', async () => {
    const { target, seen } = await lambdaUrl();
    const { url } = await proxyTo(target);
    await fetch(url, { headers: { cookie: 'a=b', authorization: 'Bearer mine' } });
    expect(seen[0]?.headers.cookie).toBeUndefined();
    expect(seen[0]?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 /);
  });

  test('lets no foreign name and no foreign page use the credentials', async () => {
    const { target, seen } = await lambdaUrl();
    const { url } = await proxyTo(target);
    const { port } = new URL(url);
    const { status } = await asHost(port, 'evil.example');
    const crossSite = await fetch(`${url}/api/actions/pause`, { method: 'POST', body: '{}', headers: { origin: 'https://evil.example' } });
    expect([status, crossSite.status]).toEqual([421, 403]);
    expect(await crossSite.json()).toMatchObject({ fix: `open ${url}` });
    expect(seen).toHaveLength(0);
  });

  test('says what to do when AWS refuses, when nobody answers, and when too much is sent', async () => {
    const { target } = await lambdaUrl();
    const stranger = await proxyTo(target, { ...credentials, secretAccessKey: 'other' });
    expect(await (await fetch(stranger.url)).json()).toMatchObject({ fix: expect.stringContaining('profile') });
    const nobody = await proxyTo(new URL('http://127.0.0.1:1'));
    const away = await fetch(nobody.url);
    expect([away.status, await away.json()]).toEqual([502, { error: expect.any(String), fix: 'pilot aws status' }]);
    expect((await fetch(nobody.url, { method: 'POST', body: 'x'.repeat(70_000) })).status).toBe(413);
  });
});

/** fetch always sends the true host; a browser that was led here by a foreign name does not. */
function asHost(port: string, host: string): Promise<{ readonly status: number | undefined }> {
  return new Promise((done, fail) => {
    const asking = ask({ port, host: '127.0.0.1', headers: { host } }, (response) => {
      response.resume();
      done({ status: response.statusCode });
    });
    asking.on('error', fail).end();
  });
}
