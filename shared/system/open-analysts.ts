import { randomBytes } from 'node:crypto';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { secretReader } from '../adapters/secrets/secret-reader.ts';
import { xaiSecret } from '../adapters/secrets/secret-shapes.ts';
import { aiCaps } from '../domain/ai-budget.ts';
import type { BudgetIo } from '../jobs/ai-budget.ts';
import { type Analysts, analystsOf } from './analysts.ts';
import { usd } from './config/domain-settings.ts';
import type { Parts } from './parts.ts';

const secrets = new SecretsManagerClient({ maxAttempts: 3 });

/** The models that may be asked; without a key the labelled stand-in. */
export async function openAnalysts(parts: Parts): Promise<Analysts> {
  const { environment, config } = parts;
  return analystsOf(config, {
    xai: { apiKey: await xaiKey(parts), baseUrl: environment.XAI_BASE_URL },
    fallback: { apiKey: environment.OPENAI_API_KEY, baseUrl: environment.OPENAI_BASE_URL },
    now: () => performance.now(),
  });
}

/** Random text that cannot be guessed, new every time. */
export function fence(): string {
  return randomBytes(12).toString('hex');
}

/** What all questions to models have in common: whose money, how much of it. */
export function budgetParts({ store, config }: Parts): BudgetIo {
  return { records: store.records, caps: aiCaps(usd(config.ai.dailyBudget)), nonce: fence };
}

/** From the environment on this machine, else from the secret that the stack made. */
async function xaiKey({ environment, clock }: Parts): Promise<string | undefined> {
  const { XAI_API_KEY: key, PILOT_SECRET_XAI: id } = environment;
  if (key !== undefined || id === undefined) return key;
  const secret = await secretReader({ client: secrets, id, shape: xaiSecret, now: () => clock.now() }).read();
  return secret.ready ? secret.value.apiKey : undefined;
}
