import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type * as z from 'zod/mini';
import { localNames, stateFolder } from '../../local/runner/local-names.ts';
import { writeSafely } from '../../shared/adapters/files/write-safely.ts';
import type { Credentials } from '../../shared/adapters/kalshi/signer.ts';
import { secretReader, secretsClient } from '../../shared/adapters/secrets/secret-reader.ts';
import type { Secret } from '../../shared/ports/secrets.ts';
import { readEnvFile } from '../../shared/system/config/env-file.ts';
import { awsFailure } from '../aws/aws-failure.ts';
import { Exit } from '../exit.ts';

/** Keys that were tried and found good. */
export interface GoodKeys {
  readonly kalshi?: Credentials & { readonly baseUrl: string };
  readonly xai?: string;
}

/** Keeps keys where this machine's system looks for them: in `.env`, and the private key as a file. Says where. */
export async function keepHere({ kalshi, xai }: GoodKeys): Promise<readonly string[]> {
  const kept: string[] = [];
  const variables: Record<string, string> = {};
  if (kalshi) {
    const path = resolve(stateFolder, 'keys', `${kalshi.keyId.replaceAll(/[^\w-]/g, '_')}.pem`);
    await mkdir(join(stateFolder, 'keys'), { recursive: true, mode: 0o700 });
    await writeSafely(path, kalshi.privateKey, 0o600);
    Object.assign(variables, { KALSHI_BASE_URL: kalshi.baseUrl, KALSHI_KEY_ID: kalshi.keyId, KALSHI_PRIVATE_KEY_PATH: path });
    kept.push(join(stateFolder, 'keys'));
  }
  if (xai !== undefined) variables.XAI_API_KEY = xai;
  if (Object.keys(variables).length === 0) return kept;
  await writeEnv(variables);
  return ['.env', ...kept];
}

/** Every other line of `.env` stays as it is. */
async function writeEnv(variables: Readonly<Record<string, string>>): Promise<void> {
  // Refuses a file that others may read before anything secret is added to it.
  readEnvFile();
  const before = existsSync('.env') ? readFileSync('.env', 'utf8').trimEnd() : '';
  const named = (line: string) => /^\s*(?:export\s+)?([A-Z_]+)\s*=/.exec(line)?.[1] ?? '';
  const others = before.split('\n').filter((line) => !Object.hasOwn(variables, named(line)));
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${/\s|#/.test(value) ? `'${value}'` : value}`);
  await writeSafely('.env', `${[...others, ...lines].join('\n').trimStart()}\n`, 0o600);
}

/** Keeps keys in the account's Secrets Manager, with the AWS credentials at hand. Says where. Throws Exit(3). */
export async function keepInAws({ kalshi, xai }: GoodKeys): Promise<readonly string[]> {
  const { kalshiSecret, xaiSecret } = localNames;
  if (kalshi) await putSecret(kalshiSecret, { keyId: kalshi.keyId, privateKey: kalshi.privateKey });
  if (xai !== undefined) await putSecret(xaiSecret, { apiKey: xai });
  return [...(kalshi ? [kalshiSecret] : []), ...(xai === undefined ? [] : [xaiSecret])];
}

async function putSecret(SecretId: string, value: object): Promise<void> {
  const client = new SecretsManagerClient({ maxAttempts: 3 });
  await client.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(value) })).catch((cause: unknown) => {
    throw awsFailure(SecretId, cause);
  });
}

/** A secret of the account as a function would read it: not ready while nothing was stored. Throws SecretFailure, Exit. */
export function readSecret<T>(id: string, shape: z.ZodMiniType<T>): Promise<Secret<T>> {
  return secretReader({ client: secretsClient({ maxAttempts: 3 }), id, shape, now: Date.now }).read();
}

/** A private key from a file. Throws Exit(2). */
export function readKeyFile(path: string): string {
  try {
    return readFileSync(path.replace(/^~(?=\/)/, homedir()), 'utf8');
  } catch (cause) {
    throw new Exit(2, `--key-file ${path}: cannot be read. Fix: give the path of the downloaded key`, { cause });
  }
}
