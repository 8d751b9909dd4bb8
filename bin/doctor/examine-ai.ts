import type { Running } from '../../local/runner/running.ts';
import { listModels } from '../../shared/adapters/xai/connection.ts';
import { failureOf } from '../../shared/adapters/xai/failure.ts';
import type { Environment } from '../../shared/system/config/environment.ts';
import type { Config } from '../../shared/system/config/schema.ts';
import type { Finding } from './finding.ts';

const XAI = 'https://api.x.ai/v1';
const TIMEOUT_MS = 15_000;

/**
 * Who answers for the AI: the running system's simulated models, the stand-in, or xAI. There, whether the key is good and the
 * models are offered; listing them costs nothing.
 */
export async function examineAi(environment: Environment, { ai }: Config, running: Running | undefined): Promise<Finding> {
  const { XAI_API_KEY: apiKey, XAI_BASE_URL: baseUrl = XAI } = environment;
  if (running?.xaiBaseUrl !== undefined) {
    const text = `simulated models answer the running system at ${running.xaiBaseUrl}: invented answers, no real money (XAI_API_KEY for Grok)`;
    return { check: 'AI', state: 'ok', text };
  }
  if (apiKey === undefined) return { check: 'AI', state: 'unchecked', text: `no XAI_API_KEY: ${whoInstead(running)}` };
  let models: readonly string[];
  try {
    models = await listModels({ apiKey, baseUrl, timeoutMs: TIMEOUT_MS });
  } catch (error) {
    const { detail, fix } = await failureOf(error, apiKey);
    return { check: 'AI', state: 'problem', text: detail, fix };
  }
  const missing = [ai.model, ai.cheapModel].filter((model) => model !== null && !models.includes(model));
  if (missing.length === 0)
    return { check: 'AI', state: 'ok', text: `${[ai.model, ai.cheapModel].filter((model) => model !== null).join(' and ')} offered` };
  const fix = `set ai.model and ai.cheapModel to models it offers: ${models.slice(0, 8).join(', ')}`;
  return { check: 'AI', state: missing.includes(ai.model) ? 'problem' : 'warning', text: `${missing.join(', ')} not offered`, fix };
}

function whoInstead(running: Running | undefined): string {
  if (running) return 'the rule-based stand-in answers the running system';
  return 'npm start brings simulated models for generated prices, and the rule-based stand-in for live ones';
}
