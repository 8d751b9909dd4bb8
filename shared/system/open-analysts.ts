import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { secretReader } from '../adapters/secrets/secret-reader.ts';
import { xaiSecret } from '../adapters/secrets/secret-shapes.ts';
import type { XaiKey } from '../ports/secrets.ts';
import type { Analysts } from './analysts.ts';
import { analystsOf } from './analysts.ts';
import type { Parts } from './parts.ts';

const secrets = new SecretsManagerClient({ maxAttempts: 3 });

/** Whom this process may ask: models there is a key for, else the labelled stand-in. */
export async function openAnalysts(parts: Parts): Promise<Analysts> {
  const { XAI_API_KEY, XAI_BASE_URL, OPENAI_API_KEY, OPENAI_BASE_URL } = parts.environment;
  const key = await keyOf(parts);
  return analystsOf(parts.config, {
    xai: { apiKey: key?.apiKey ?? XAI_API_KEY, baseUrl: XAI_BASE_URL },
    fallback: { apiKey: key?.fallbackApiKey ?? OPENAI_API_KEY, baseUrl: OPENAI_BASE_URL },
    now: () => performance.now(),
  });
}

/** A secret that was never set is no key; one that cannot be read is an error. */
async function keyOf({ environment, clock }: Parts): Promise<XaiKey | undefined> {
  const { PILOT_SECRET_XAI: id } = environment;
  if (id === undefined) return undefined;
  const secret = await secretReader({ client: secrets, id, shape: xaiSecret, now: () => clock.now() }).read();
  return secret.ready ? secret.value : undefined;
}
