import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AnalystServer } from '../../../local/analyst/analyst-server.ts';
import { startAnalystServer } from '../../../local/analyst/analyst-server.ts';
import type { Fault } from '../../../local/analyst/faults.ts';
import { listModels } from '../../../shared/adapters/xai/connection.ts';
import type { XaiOptions } from '../../../shared/adapters/xai/xai-analyst.ts';
import { xaiAnalyst } from '../../../shared/adapters/xai/xai-analyst.ts';
import { modelPrices, priceOf } from '../../../shared/domain/ai-budget.ts';
import type { Draft } from '../../../shared/domain/forecasting/question.ts';
import type { Probability } from '../../../shared/domain/money.ts';
import { asOf, question } from '../../domain/forecasting/question.ts';

const canary = 'xai-CANARY-0123456789abcdef';
let server: AnalystServer;
beforeAll(async () => {
  server = await startAnalystServer({ apiKey: canary, seed: 'tests', slowMs: 50 });
});
afterEach(() => server.clear());
afterAll(() => server.close());

const options = (change: Partial<XaiOptions> = {}): XaiOptions => ({
  ...{ apiKey: canary, baseUrl: server.baseUrl, model: 'grok-4.7', protocol: 'responses', timeoutMs: 5_000, maxOutputTokens: 2_500 },
  ...{ price: priceOf('grok-4.7', modelPrices), maxSearches: 2, now: () => 0 },
  ...change,
});
const analyst = (change: Partial<XaiOptions> = {}) => xaiAnalyst(options(change));
const forecast = { kind: 'forecast', question: question(), fence: 'k1f2' } as const;
const draft: Draft = {
  ...{
    referenceClass: 'r',
    baseRate: 0.3 as Probability,
    evidenceFor: [],
    evidenceAgainst: [],
    keyUncertainty: '',
    probability: 0.5 as Probability,
  },
};
const protocols = ['responses', 'chat'] as const;

describe.each(protocols)('an analyst over %s', (protocol) => {
  it('answers with a bounded draft, the models asked and answering, usage and the provider’s own cost', async () => {
    const answer = await analyst({ protocol }).forecast(forecast);
    expect(answer).toMatchObject({ ok: true, call: { asked: 'grok-4.7', answered: 'grok-4.7', usage: { toolCalls: 0 } } });
    if (!answer.ok || !answer.call.usage) throw new Error('no answer');
    expect(answer.value.probability).toBeGreaterThanOrEqual(0.005);
    expect(answer.value.probability).toBeLessThanOrEqual(0.995);
    const { inputTokens, cachedTokens, outputTokens } = answer.call.usage;
    expect(answer.call.cost).toBe(Math.ceil((inputTokens - cachedTokens) * 2 + cachedTokens * 0.5 + outputTokens * 6));
    expect(answer.call.cost).toBeLessThanOrEqual(analyst({ protocol }).estimate(forecast) ?? 0);
  });

  it('answers as critic, explains gaps and writes analyses', async () => {
    const grok = analyst({ protocol });
    expect(await grok.critique({ kind: 'critique', question: question(), drafts: [draft], fence: 'k' })).toMatchObject({
      ok: true,
      value: { rulesClear: true },
    });
    const evidence = [{ hash: 'h', source: 's', text: 't', publishedAt: asOf, fetchedAt: asOf, sentiment: 0 }];
    const gap = await grok.nameGap({ kind: 'gap', question: question({ evidence }), ours: 'higher', fence: 'k' });
    expect(gap).toMatchObject({ ok: true, value: { evidence: 0 } });
    const facts = Array.from({ length: 30 }, (_, i) => `Cash of day ${i}  $${i}.00`).join('\n');
    const analysis = await grok.analyze({ kind: 'analysis', request: { kind: 'daily', at: asOf, facts }, fence: 'k' });
    expect(analysis.ok && analysis.value.length).toBeGreaterThan(3_000);
    expect(analysis.ok && analysis.value.length).toBeLessThan(4_000);
  });

  it.each([
    ['bad-json', 'bad-json'],
    ['wrong-shape', 'wrong-shape'],
    ['out-of-range', 'out-of-range'],
    ['cut-off', 'cut-off'],
    ['refusal', 'refusal'],
    ['empty', 'empty'],
    ['rate-limited', 'rate-limited'],
    ['server-error', 'server-error'],
    ['unauthorised', 'unauthorised'],
    ['disconnect', 'unreachable'],
    ['garbage', 'bad-json'],
  ] as const satisfies readonly (readonly [Fault, string])[])('makes no forecast, and no crash, of %s', async (fault, why) => {
    server.plan({ fault, times: 1 });
    const answer = await analyst({ protocol }).forecast(forecast);
    expect(answer).toMatchObject({ ok: false, why, fix: expect.stringMatching(/\w/) });
  });

  it.each(['hang', 'drip'] as const)('gives up when the time is over: %s', async (fault) => {
    server.plan({ fault, times: 1 });
    const answer = await analyst({ protocol, timeoutMs: 60 }).forecast(forecast);
    expect(answer).toMatchObject({ ok: false, why: 'time-out', call: { cost: undefined } });
  });

  it('waits for a slow answer that comes in time', async () => {
    server.plan({ fault: 'slow', times: 1 });
    expect((await analyst({ protocol }).forecast(forecast)).ok).toBe(true);
  });

  it('names a simulated model as one, whoever answers, and asks for it by its own name', async () => {
    const simulated = analyst({ simulated: true });
    const answer = await simulated.forecast(forecast);
    expect([simulated.model, answer.call.asked, answer.call.answered]).toEqual(Array(3).fill('simulated grok-4.7'));
    expect(JSON.parse(server.seen.at(-1)?.body ?? '{}').model).toBe('grok-4.7');
  });

  it('says which model answered when it is not the one asked', async () => {
    server.plan({ fault: 'other-model', times: 1 });
    expect((await analyst({ protocol }).forecast(forecast)).call).toMatchObject({ asked: 'grok-4.7', answered: 'grok-4.1-fast' });
  });

  it('knows no cost where the provider tells no usage', async () => {
    server.plan({ fault: 'no-usage', times: 1 });
    expect((await analyst({ protocol }).forecast(forecast)).call.cost).toBeUndefined();
  });

  it('has paid for an answer that it cannot use', async () => {
    server.plan({ fault: 'wrong-shape', times: 1 });
    expect((await analyst({ protocol }).forecast(forecast)).call.cost).toBeGreaterThan(0);
  });

  it('refuses a retired model by name', async () => {
    const answer = await analyst({ protocol, model: 'grok-4' }).forecast(forecast);
    expect(answer).toMatchObject({ ok: false, why: 'unknown-model', call: { cost: 0 } });
  });

  it('tells a model what was wrong with its last answer', async () => {
    await analyst({ protocol }).forecast({ ...forecast, repair: 'a number is outside its range' });
    expect(server.seen.at(-1)?.body).toContain('a number is outside its range');
  });
});

describe('an analyst', () => {
  it('keeps its key to the header: no body, detail or fix holds it', async () => {
    const wrong = analyst({ apiKey: 'xai-WRONG-CANARY' });
    const answer = await wrong.forecast(forecast);
    expect(answer).toMatchObject({ ok: false, why: 'unauthorised' });
    expect(JSON.stringify(answer)).not.toContain('CANARY');
    for (const { authorization, body } of server.seen) {
      expect(authorization).toMatch(/CANARY/);
      expect(body).not.toContain('CANARY');
    }
  });

  it('sends what nobody stores, and a schema of types alone', async () => {
    await analyst().forecast(forecast);
    const body = JSON.parse(server.seen.at(-1)?.body ?? '{}');
    expect(body).toMatchObject({ store: false, max_output_tokens: 2_500 });
    expect(JSON.stringify(body.text.format.schema)).not.toMatch(/minimum|maximum|pattern|\$schema/);
    expect(body).not.toHaveProperty('tools');
  });

  it('looks for evidence with both searches, up to the day of the question, and pays for them', async () => {
    const answer = await analyst().evidence({ kind: 'evidence', question: question(), maxItems: 5, fence: 'k' });
    expect(answer).toMatchObject({ ok: true, call: { usage: { toolCalls: 2 } } });
    expect(answer.ok && answer.value[0]?.publishedOn).toBe('2026-11-20');
    const body = JSON.parse(server.seen.at(-1)?.body ?? '{}');
    expect(body.tools).toEqual([{ type: 'web_search' }, { type: 'x_search', to_date: '2026-11-20' }]);
    expect(body.max_turns).toBe(2);
  });

  it('does not ask a provider for evidence that cannot search', async () => {
    const before = server.seen.length;
    const task = { kind: 'evidence', question: question(), maxItems: 5, fence: 'k' } as const;
    expect(await analyst({ protocol: 'chat' }).evidence(task)).toMatchObject({ ok: false, why: 'no-basis', call: { cost: 0 } });
    expect(server.seen.length).toBe(before);
  });

  it('cannot say what a model without a price would cost', () => expect(analyst({ price: undefined }).estimate(forecast)).toBeUndefined());

  it('was surely not billed where nobody listened', async () => {
    const gone = await startAnalystServer();
    await gone.close();
    const answer = await analyst({ baseUrl: gone.baseUrl }).forecast(forecast);
    expect(answer).toMatchObject({ ok: false, why: 'unreachable', call: { cost: 0 } });
  });

  it('takes nothing from the environment that the client would read by itself', async () => {
    const heard: IncomingHttpHeaders[] = [];
    const listener = createServer(({ headers }, response) => {
      heard.push(headers);
      response.writeHead(503).end();
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const { port } = listener.address() as { port: number };
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'Authorization: Bearer another\nX-Leak: yes');
    for (const name of ['OPENAI_API_KEY', 'OPENAI_ADMIN_KEY', 'OPENAI_ORG_ID', 'OPENAI_PROJECT_ID', 'OPENAI_WEBHOOK_SECRET']) {
      vi.stubEnv(name, 'from-the-environment');
    }
    vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:1/v1');
    await analyst({ baseUrl: `http://127.0.0.1:${port}/v1` }).forecast(forecast);
    vi.unstubAllEnvs();
    listener.close();
    expect(heard).toMatchObject([{ authorization: `Bearer ${canary}`, 'content-type': 'application/json' }]);
    expect(JSON.stringify(heard)).not.toMatch(/leak|another|from-the-environment|stainless/i);
  });

  it('follows no redirect: a signed request goes to one place', async () => {
    const elsewhere = createServer((_request, response) => response.writeHead(307, { location: `${server.baseUrl}/responses` }).end());
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const { port } = elsewhere.address() as { port: number };
    const before = server.seen.length;
    const answer = await analyst({ baseUrl: `http://127.0.0.1:${port}/v1` }).forecast(forecast);
    elsewhere.close();
    expect(answer).toMatchObject({ ok: false, why: 'unreachable' });
    expect(server.seen.length).toBe(before);
  });

  it('lists the models on offer', async () => expect(await listModels(options())).toEqual(['grok-4.7', 'grok-4.3']));
});
