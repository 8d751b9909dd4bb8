import type { SecretsManagerClient, SecretsManagerClientConfig } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import type { Millis } from '../../domain/money.ts';
import { type Secret, SecretFailure, type SecretReader } from '../../ports/secrets.ts';

type Sdk = typeof import('@aws-sdk/client-secrets-manager');

/** Opens the client, once. */
export type OpenSecrets = () => Promise<{ readonly sdk: Sdk; readonly client: SecretsManagerClient }>;

export interface SecretReaderOptions<T> {
  readonly client: OpenSecrets;
  /** Name or ARN. */
  readonly id: string;
  readonly shape: z.ZodMiniType<T>;
  readonly now: () => Millis;
}

interface Kept {
  readonly at: Millis;
  readonly secret: Secret<unknown>;
}

/** A changed key is used within five minutes; a warm function asks once in as many. */
const maxAge: Millis = 300_000;

/** Outlives the reader, as long as the client does: a warm function makes a new reader with every run. */
const kept = new WeakMap<OpenSecrets, Map<string, Kept>>();

/** The SDK is loaded with the first secret: on paper most functions have none. */
export function secretsClient(config: SecretsManagerClientConfig): OpenSecrets {
  let opened: ReturnType<OpenSecrets> | undefined;
  return () => {
    opened ??= import('@aws-sdk/client-secrets-manager').then((sdk) => ({ sdk, client: new sdk.SecretsManagerClient(config) }));
    return opened;
  };
}

/** What the stack puts in when it creates a secret. */
const placeholder = z.object({ placeholder: z.string() });

/**
 * A secret from Secrets Manager. None yet, or still the placeholder: not ready. A key in hand is used on while the
 * service does not answer: exits must not wait for it. Nothing of the secret's text is in any error.
 */
export function secretReader<T>({ client, id, shape, now }: SecretReaderOptions<T>): SecretReader<T> {
  const cache = kept.get(client) ?? new Map<string, Kept>();
  kept.set(client, cache);
  return {
    async read() {
      const known = cache.get(id);
      if (known !== undefined && now() - known.at < maxAge) return checked(known.secret, shape, id);
      const secret = await fetchSecret(client, id, known);
      const good = checked(secret, shape, id);
      if (good.ready) cache.set(id, { at: now(), secret });
      else cache.delete(id);
      return good;
    },
  };
}

async function fetchSecret(open: OpenSecrets, id: string, known: Kept | undefined): Promise<Secret<unknown>> {
  const { sdk, client } = await open();
  let text: string | undefined;
  try {
    text = (await client.send(new sdk.GetSecretValueCommand({ SecretId: id }))).SecretString;
  } catch (cause) {
    if (cause instanceof sdk.ResourceNotFoundException) return notReady(id, 'does not exist or is empty');
    const { name, message, $fault } = cause as Error & { readonly $fault?: 'client' | 'server' };
    if (known !== undefined && $fault !== 'client') return known.secret;
    const fix = $fault === 'client' ? 'let the role read it; the map in shared/system says which function may' : 'run it again';
    throw new SecretFailure(
      `secret ${id} could not be read: ${name}: ${message}. Fix: ${fix}`,
      $fault === 'client' ? 'refused' : 'unknown',
      { cause },
    );
  }
  const value = parse(id, text);
  return placeholder.safeParse(value).success ? notReady(id, 'still holds the placeholder it was created with') : { ready: true, value };
}

function parse(id: string, text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    // The parser's own message would quote the secret.
    throw new SecretFailure(`secret ${id} is not JSON. Fix: pilot secrets set`, 'refused');
  }
}

function checked<T>(secret: Secret<unknown>, shape: z.ZodMiniType<T>, id: string): Secret<T> {
  if (!secret.ready) return secret;
  const parsed = shape.safeParse(secret.value);
  if (parsed.success) return { ready: true, value: parsed.data };
  const fields = parsed.error.issues.map(({ path }) => path.join('.') || 'the whole').join(', ');
  throw new SecretFailure(`secret ${id} has no good ${fields}. Fix: pilot secrets set`, 'refused');
}

function notReady(id: string, problem: string): Secret<never> {
  return { ready: false, why: `secret ${id} ${problem}. Fix: pilot secrets set` };
}
