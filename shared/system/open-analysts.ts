import { randomBytes } from 'node:crypto';
import { secretReader, secretsClient } from '../adapters/secrets/secret-reader.ts';
import { xaiSecret } from '../adapters/secrets/secret-shapes.ts';
import { aiCaps } from '../domain/ai-budget.ts';
import type { BudgetIo } from '../jobs/ai-budget.ts';
import type { XaiKey } from '../ports/secrets.ts';
import { type Analysts, analystsOf } from './analysts.ts';
import { usd } from './config/domain-settings.ts';
import type { Parts } from './parts.ts';

const secrets = secretsClient({ maxAttempts: 3 });

/** The models that may be asked; without a key the labelled stand-in. */
export async function openAnalysts(parts: Parts): Promise<Analysts> {
  const { environment, config } = parts;
  const secret = await modelKeys(parts);
  return analystsOf(config, {
    xai: { apiKey: environment.XAI_API_KEY ?? secret?.apiKey, baseUrl: environment.XAI_BASE_URL },
    fallback: { apiKey: environment.OPENAI_API_KEY ?? secret?.fallbackApiKey, baseUrl: environment.OPENAI_BASE_URL },
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

/** The secret that the stack made, where there is one and somebody has set it. */
async function modelKeys({ environment, clock }: Parts): Promise<XaiKey | undefined> {
  const { PILOT_SECRET_XAI: id } = environment;
  if (id === undefined) return undefined;
  const secret = await secretReader({ client: secrets, id, shape: xaiSecret, now: () => clock.now() }).read();
  return secret.ready ? secret.value : undefined;
}
