import { listModels } from '../../shared/adapters/xai/connection.ts';
import { failureOf } from '../../shared/adapters/xai/failure.ts';
import { modelPrice } from '../../shared/system/analysts.ts';
import type { Environment } from '../../shared/system/config/environment.ts';
import type { Config } from '../../shared/system/config/schema.ts';
import type { Finding } from './finding.ts';

const OPENAI = 'https://api.openai.com/v1';
const TIMEOUT_MS = 15_000;

/** Whether the other provider can stand in for xAI: its key, its model and a price; nothing where none is configured. */
export async function examineFallback({ OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl = OPENAI }: Environment, { ai }: Config) {
  const { fallbackModel: model, fallbackRates: rates } = ai;
  if (model === null) return [];
  return [await examine(model, modelPrice(model, rates) !== undefined, apiKey, baseUrl)];
}

async function examine(model: string, priced: boolean, apiKey: string | undefined, baseUrl: string): Promise<Finding> {
  const check = 'AI fallback';
  if (apiKey === undefined) {
    return {
      check,
      state: 'problem',
      text: `${model} cannot be asked: no OPENAI_API_KEY`,
      fix: 'set OPENAI_API_KEY, or ai.fallbackModel to null',
    };
  }
  if (!priced) {
    const fix = 'set ai.fallbackRates to its dollars per million tokens, in and out';
    return { check, state: 'problem', text: `${model} is never asked: its price is not known`, fix };
  }
  try {
    const models = await listModels({ apiKey, baseUrl, timeoutMs: TIMEOUT_MS });
    if (models.includes(model)) return { check, state: 'ok', text: `${model} offered at ${baseUrl}` };
    return {
      check,
      state: 'problem',
      text: `${model} not offered`,
      fix: `set ai.fallbackModel to one it offers: ${models.slice(0, 8).join(', ')}`,
    };
  } catch (error) {
    const { detail, fix } = await failureOf(error, apiKey);
    return { check, state: 'problem', text: detail, fix };
  }
}
