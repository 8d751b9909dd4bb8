import { expect, it } from 'vitest';
import { type HttpEvent, serveEvent } from '../../shared/system/serve-event.ts';

const get: HttpEvent = {
  rawPath: '/api/trades',
  rawQueryString: 'limit=5&book=paper',
  headers: { host: 'page.example.com', 'x-name': 'Jörg', 'x-absent': undefined },
  cookies: ['a=1', 'b=2'],
  requestContext: { domainName: 'page.example.com', http: { method: 'GET' } },
};

/** What the page was asked. */
async function asked(event: HttpEvent) {
  let seen: Request | undefined;
  await serveEvent((request) => {
    seen = request;
    return new Response('');
  }, event);
  return seen;
}

it('asks for the address with its query, headers and cookies as they came', async () => {
  const request = await asked(get);
  expect([request?.method, request?.url]).toEqual(['GET', 'https://page.example.com/api/trades?limit=5&book=paper']);
  expect(request?.headers.get('cookie')).toBe('a=1; b=2');
  expect(request?.headers.get('x-name')).toBe('J%C3%B6rg');
  expect(request?.headers.has('x-absent')).toBe(false);
});

it.each([
  ['as text', { body: '{"word":"€"}' }],
  ['packed', { body: Buffer.from('{"word":"€"}').toString('base64'), isBase64Encoded: true }],
])('hands on a body that came %s', async (_, came) => {
  const request = await asked({ ...get, rawQueryString: '', requestContext: { ...get.requestContext, http: { method: 'POST' } }, ...came });
  expect(request?.url).toBe('https://page.example.com/api/trades');
  expect(await request?.json()).toEqual({ word: '€' });
});

it('answers bytes as they are, with every cookie', async () => {
  const bytes = new Uint8Array([0x1f, 0x8b, 0, 255]);
  const headers = new Headers({ 'content-encoding': 'gzip' });
  for (const cookie of ['s=1; Secure', 't=2']) headers.append('set-cookie', cookie);
  const result = await serveEvent(() => new Response(bytes, { status: 201, headers }), get);
  expect(result).toMatchObject({ statusCode: 201, cookies: ['s=1; Secure', 't=2'], isBase64Encoded: true });
  expect(result.headers).toEqual({ 'content-encoding': 'gzip' });
  expect(Buffer.from(result.body, 'base64')).toEqual(Buffer.from(bytes));
});
