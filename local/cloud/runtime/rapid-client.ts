import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { setTime } from './shifted-date.ts';

/**
 * Stands in for the native half of AWS's runtime interface client: the same three functions over plain HTTP, so that
 * nothing needs to be compiled.
 */
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const base = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;

/** The answer being posted. The native addon blocks until it is; here the next question waits for it. */
let posting: Promise<unknown> = Promise.resolve();

export async function next(): Promise<{ readonly bodyJson: string; readonly headers: IncomingHttpHeaders }> {
  await posting;
  const { body, headers } = await send('GET', `${base}/next`);
  if (headers['local-now-ms'] !== undefined) setTime(Number(headers['local-now-ms']));
  return { bodyJson: body, headers };
}

export function done(id: string, body: string): void {
  posting = send('POST', `${base}/${id}/response`, body);
}

export function error(id: string, body: string): void {
  posting = send('POST', `${base}/${id}/error`, body);
}

function send(method: string, url: string, body?: string): Promise<{ readonly body: string; readonly headers: IncomingHttpHeaders }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const sent = request(url, { method, agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ body: text, headers: response.headers }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
