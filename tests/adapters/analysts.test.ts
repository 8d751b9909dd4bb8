import { afterAll, afterEach, beforeAll } from 'vitest';
import { type AnalystServer, startAnalystServer } from '../../local/analyst/analyst-server.ts';
import { standinAnalyst } from '../../shared/adapters/standin/standin-analyst.ts';
import { xaiAnalyst } from '../../shared/adapters/xai/xai-analyst.ts';
import { modelPrices, priceOf } from '../../shared/domain/ai-budget.ts';
import { analystContract } from '../contract/analyst-contract.ts';

let server: AnalystServer;
beforeAll(async () => {
  server = await startAnalystServer({ apiKey: 'xai-contract', seed: 'contract' });
});
afterEach(() => server.clear());
afterAll(() => server.close());

const grok = (protocol: 'responses' | 'chat') =>
  xaiAnalyst({
    ...{ apiKey: 'xai-contract', baseUrl: server.baseUrl, model: 'grok-4.7', protocol, timeoutMs: 5_000, maxOutputTokens: 2_500 },
    ...{ price: priceOf('grok-4.7', modelPrices), maxSearches: 2, now: () => 0 },
  });

analystContract('the rule-based stand-in', standinAnalyst, standinAnalyst);
for (const protocol of ['responses', 'chat'] as const) {
  const speechless = () => {
    server.plan({ fault: 'refusal', times: 100 });
    return grok(protocol);
  };
  analystContract(`a model of xAI over ${protocol}`, () => grok(protocol), speechless);
}
