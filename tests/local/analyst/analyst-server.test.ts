import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalystServer } from '../../../local/analyst/analyst-server.ts';
import { startAnalystServer } from '../../../local/analyst/analyst-server.ts';

let server: AnalystServer;
beforeAll(async () => {
  server = await startAnalystServer({ seed: 'one' });
});
afterAll(() => server.close());

const headers = { authorization: 'Bearer xai-any', 'content-type': 'application/json' };
const schema = (more = {}) => ({
  type: 'object',
  properties: { probability: { type: 'number', ...more }, words: { type: 'array', items: { type: 'string' } } },
  required: ['probability', 'words'],
  additionalProperties: false,
});
const request = (more: object = {}) => ({
  ...{ model: 'grok-4.7', instructions: 'Estimate.', input: '<<k question>>\nRain?\n<<end k>>' },
  ...{ text: { format: { type: 'json_schema', name: 'forecast', schema: schema(), strict: true } } },
  ...more,
});
const post = async (body: object, path = '/responses', base = server.baseUrl) => {
  const response = await fetch(`${base}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> };
};

describe('the local xAI', () => {
  it('speaks Responses: an answer in the asked shape, with usage and cost', async () => {
    const { status, body } = await post(request());
    expect(status).toBe(200);
    expect(body).toMatchObject({
      object: 'response',
      status: 'completed',
      model: 'grok-4.7',
      usage: { cost_in_usd_ticks: expect.any(Number) },
    });
    const message = (body.output as { type: string; content?: { text: string }[] }[]).find(({ type }) => type === 'message');
    expect(JSON.parse(message?.content?.[0]?.text ?? '')).toEqual({ probability: expect.any(Number), words: [expect.any(String)] });
  });

  it('speaks Chat Completions', async () => {
    const { body } = await post({ model: 'grok-4.3', messages: [{ role: 'user', content: 'Rain?' }] }, '/chat/completions');
    expect(body).toMatchObject({ object: 'chat.completion', choices: [{ finish_reason: 'stop', message: { role: 'assistant' } }] });
  });

  it('gives another seed other answers, and the same seed the same, in any process', async () => {
    const text = async (seed: string) => {
      const own = await startAnalystServer({ seed });
      const answers = [await post(request(), '/responses', own.baseUrl), await post(request(), '/responses', own.baseUrl)];
      await own.close();
      return answers.map(({ body }) => JSON.stringify([body.id, body.output, body.usage]));
    };
    const [first, again, other] = [await text('a'), await text('a'), await text('b')];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(first[0]).not.toBe(first[1]);
  });

  it('is not moved by the fence, which is new for every call', async () => {
    const own = await startAnalystServer();
    const fenced = (fence: string) => request({ input: `<<${fence} question>>\nSnow?\n<<end ${fence}>>` });
    const first = await post(fenced('aaaa'), '/responses', own.baseUrl);
    await own.close();
    const twin = await startAnalystServer();
    const second = await post(fenced('bbbb'), '/responses', twin.baseUrl);
    await twin.close();
    expect(second.body.output).toEqual(first.body.output);
  });

  it.each([
    ['a retired model', request({ model: 'grok-4' }), 404],
    ['the old live search', request({ search_parameters: { mode: 'on' } }), 410],
    ['a schema with ranges', request({ text: { format: { type: 'json_schema', name: 'f', schema: schema({ minimum: 0 }) } } }), 400],
    [
      'an open object',
      request({ text: { format: { type: 'json_schema', name: 'f', schema: { ...schema(), additionalProperties: true } } } }),
      400,
    ],
    [
      'an optional property',
      request({ text: { format: { type: 'json_schema', name: 'f', schema: { ...schema(), required: ['words'] } } } }),
      400,
    ],
    ['a body without input', { model: 'grok-4.7' }, 422],
    ['a tool it does not have', request({ tools: [{ type: 'place_order' }] }), 422],
  ])('refuses %s as xAI does', async (_what, body, status) => {
    expect(await post(body)).toMatchObject({ status, body: { code: expect.any(String), error: expect.any(String) } });
  });

  it('wants a key', async () => {
    const response = await fetch(`${server.baseUrl}/models`);
    expect(response.status).toBe(401);
  });

  it('lists its models', async () => {
    const response = await fetch(`${server.baseUrl}/models`, { headers });
    expect(await response.json()).toMatchObject({ object: 'list', data: [{ id: 'grok-4.7' }, { id: 'grok-4.3' }] });
  });

  it('cuts off what has no room', async () => {
    expect((await post(request({ max_output_tokens: 20 }))).body).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
    });
  });

  it('fails on demand, as often as asked, and only the model asked', async () => {
    const control = new URL('/control', server.baseUrl);
    const plan = { fault: 'rate-limited', times: 1, model: 'grok-4.3' };
    expect((await fetch(control, { method: 'POST', body: JSON.stringify(plan) })).status).toBe(200);
    const cheap = request({ model: 'grok-4.3' });
    expect([await post(request()), await post(cheap), await post(cheap)].map(({ status }) => status)).toEqual([200, 429, 200]);
    const unknown = await fetch(control, { method: 'POST', body: JSON.stringify({ fault: 'mood' }) });
    expect(await unknown.json()).toMatchObject({ error: expect.stringContaining('bad-json') });
  });

  it('forgets its faults when told', async () => {
    server.plan({ fault: 'server-error' });
    expect((await post(request())).status).toBe(503);
    await fetch(new URL('/control', server.baseUrl), { method: 'DELETE' });
    expect((await post(request())).status).toBe(200);
  });

  it('writes analyses from the facts alone', async () => {
    const input =
      'It is now 2026-11-20T12:00Z.\n<<k facts>>\nHealth\n  ! Cash: $9.84\n  In use        91.4 %\n  Positions     16\n<<end k>>';
    const { body } = await post({ model: 'grok-4.7', instructions: 'Write.', input });
    const message = (body.output as { type: string; content?: { text: string }[] }[]).find(({ type }) => type === 'message');
    const numbers = message?.content?.[0]?.text.match(/\d[\d.]*\d|\d/g) ?? [];
    expect(new Set(numbers)).toEqual(new Set(['9.84', '91.4', '16']));
  });
});
