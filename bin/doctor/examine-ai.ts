import { listModels } from '../../shared/adapters/xai/connection.ts';
import { failureOf } from '../../shared/adapters/xai/failure.ts';
import type { Environment } from '../../shared/system/config/environment.ts';
import type { Config } from '../../shared/system/config/schema.ts';
import type { Finding } from './finding.ts';

const XAI = 'https://api.x.ai/v1';
const TIMEOUT_MS = 15_000;

/** Whether the AI's key is good and its models are offered. Lists models, which costs nothing. */
export async function examineAi({ XAI_API_KEY: apiKey, XAI_BASE_URL: baseUrl = XAI }: Environment, { ai }: Config): Promise<Finding> {
  if (apiKey === undefined)
    return {
      check: 'AI',
      state: 'unchecked',
      text: 'no XAI_API_KEY: generated prices get a simulated model, all others the rule-based stand-in',
    };
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
