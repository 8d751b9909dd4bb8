import { expect, it } from 'vitest';
import { examineFallback } from '../../../bin/doctor/examine-fallback.ts';
import { makeConfig } from '../../../shared/system/config/config.ts';
import { answering } from '../../adapters/kalshi/answering-server.ts';

const config = (ai: object) => makeConfig({ file: { ai } });

it('the other provider is examined where one is configured: key, price and model, each with what to do', async () => {
  const { baseUrl } = await answering(() => ({ status: 200, body: { object: 'list', data: [{ id: 'model-a', object: 'model' }] } }));
  const access = { OPENAI_API_KEY: 'sk-secret', OPENAI_BASE_URL: baseUrl };
  expect(await examineFallback(access, config({}))).toEqual([]);
  expect(await examineFallback({}, config({ fallbackModel: 'model-a' }))).toMatchObject([
    { state: 'problem', fix: expect.stringContaining('OPENAI_API_KEY') },
  ]);
  expect(await examineFallback(access, config({ fallbackModel: 'model-a' }))).toMatchObject([
    { state: 'problem', fix: expect.stringContaining('ai.fallbackRates') },
  ]);
  const priced = { fallbackModel: 'model-a', fallbackRates: [1, 2] };
  expect(await examineFallback(access, config(priced))).toMatchObject([{ state: 'ok', text: `model-a offered at ${baseUrl}` }]);
  expect(await examineFallback(access, config({ ...priced, fallbackModel: 'model-b' }))).toMatchObject([
    { state: 'problem', fix: expect.stringContaining('model-a') },
  ]);
});

it('a refused key is told without showing it', async () => {
  const { baseUrl } = await answering(() => ({ status: 401, body: { error: 'Incorrect API key sk-secret' } }));
  const found = await examineFallback({ OPENAI_API_KEY: 'sk-secret', OPENAI_BASE_URL: baseUrl }, config({ fallbackModel: 'grok-4.3' }));
  expect(found).toMatchObject([{ state: 'problem', fix: expect.stringContaining('key') }]);
  expect(JSON.stringify(found)).not.toContain('sk-secret');
});
