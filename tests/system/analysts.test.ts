import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnalystServer } from '../../local/analyst/analyst-server.ts';
import { startAnalystServer } from '../../local/analyst/analyst-server.ts';
import { STANDIN } from '../../shared/adapters/standin/standin-analyst.ts';
import type { AnalystAccess } from '../../shared/system/analysts.ts';
import { analystsOf, SIMULATED_KEY } from '../../shared/system/analysts.ts';
import { makeConfig } from '../../shared/system/config/config.ts';
import type { ConfigInput } from '../../shared/system/config/schema.ts';
import { question } from '../domain/forecasting/question.ts';

let server: AnalystServer;
beforeAll(async () => {
  server = await startAnalystServer({ seed: 'analysts' });
});
afterAll(() => server.close());

const access = (change: Partial<AnalystAccess> = {}): AnalystAccess => ({
  xai: { apiKey: 'key', baseUrl: server.baseUrl },
  fallback: { apiKey: undefined },
  now: () => 0,
  ...change,
});
const of = (ai: ConfigInput['ai'] = {}, change: Partial<AnalystAccess> = {}) => analystsOf(makeConfig({ file: { ai } }), access(change));
const forecast = { kind: 'forecast', question: question(), fence: 'k1f2' } as const;
const analysis = { kind: 'analysis', request: { kind: 'daily', at: 0, facts: 'Cash  $9.84' }, fence: 'k1f2' } as const;

describe('the analysts of a configuration', () => {
  it('are the labelled stand-in where there is no key', () => {
    const { panel, writers } = of({}, { xai: { apiKey: undefined } });
    expect([panel.primary, ...writers].map(({ model }) => model)).toEqual([STANDIN, STANDIN]);
  });

  it('are the first and the cheap model of xAI where there is one', () => {
    const { panel, writers } = of();
    expect([panel.primary.model, panel.cheap?.model, panel.fallback]).toEqual(['grok-4.7', 'grok-4.3', undefined]);
    expect(writers.map(({ model }) => model)).toEqual(['grok-4.7', 'grok-4.3']);
    expect(of({ cheapModel: null }).panel.cheap).toBeUndefined();
  });

  it('let analyses be longer than forecasts, and so cost more', () => {
    const { panel, writers } = of({ maxOutputTokens: 1_000, analysisTokens: 4_000 });
    const [writer] = writers;
    const micro = (tokens: number) => tokens * 6;
    expect((writer?.estimate(analysis) ?? 0) - (panel.primary.estimate(analysis) ?? 0)).toBe(micro(3_000));
  });

  it('do not let an analysis be waited for as long as a forecast', async () => {
    const { panel, writers } = of({ analysisSeconds: 0.05, callSeconds: 40 });
    server.plan({ fault: 'slow', times: 2 });
    expect(await writers[0]?.analyze(analysis)).toMatchObject({ ok: false, why: 'time-out' });
    expect(await panel.primary.forecast(forecast)).toMatchObject({ ok: true });
  });

  it('are called simulated where the key is that of the simulation, so that nobody takes them for real', async () => {
    const { panel, writers } = of({}, { xai: { apiKey: SIMULATED_KEY, baseUrl: server.baseUrl } });
    expect([panel.primary.model, panel.cheap?.model, writers[0]?.model]).toEqual([
      ...['simulated grok-4.7', 'simulated grok-4.3', 'simulated grok-4.7'],
    ]);
    expect(await panel.primary.forecast(forecast)).toMatchObject({ ok: true, call: { answered: 'simulated grok-4.7' } });
  });

  it('take another compatible provider as a fallback by configuration alone', async () => {
    const fallback = { apiKey: 'other', baseUrl: server.baseUrl };
    const { panel } = of({ fallbackModel: 'grok-4.3', fallbackRates: [0.1, 0.4] }, { fallback });
    const answer = await panel.fallback?.forecast(forecast);
    expect(answer).toMatchObject({ ok: true, call: { asked: 'grok-4.3' } });
    expect(server.seen.at(-1)).toMatchObject({ path: expect.stringContaining('chat/completions'), authorization: 'Bearer other' });
  });

  it('stand on the fallback alone where there is no key of xAI', () => {
    const { panel, writers } = of({ fallbackModel: 'm' }, { xai: { apiKey: undefined }, fallback: { apiKey: 'other' } });
    expect([panel.primary.model, panel.cheap, panel.fallback, writers.length]).toEqual(['m', undefined, undefined, 1]);
  });

  it('never cost an unknown sum: a model without a price has no estimate, and a configured one is what counts', () => {
    expect(of({ model: 'unheard-of' }).panel.primary.estimate(forecast)).toBeUndefined();
    expect(of({ model: 'unheard-of', rates: [1, 2] }).panel.primary.estimate(forecast)).toBeGreaterThan(0);
  });

  it('speak what the configuration says', async () => {
    await of({ protocol: 'chat' }).panel.primary.forecast(forecast);
    expect(server.seen.at(-1)?.path).toContain('chat/completions');
    await of().panel.primary.forecast(forecast);
    expect(server.seen.at(-1)?.path).toContain('responses');
  });
});
