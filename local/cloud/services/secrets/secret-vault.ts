import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { unfinishedPrefix } from '../../../../shared/adapters/files/write-safely.ts';
import { AwsFailure } from '../aws-failure.ts';
import { readState, writeState } from '../state-file.ts';

const version = z.readonly(z.object({ id: z.string(), text: z.string(), at: z.number() }));

const secretShape = z.readonly(
  z.object({
    name: z.string(),
    description: z.optional(z.string()),
    createdAt: z.number(),
    current: z.optional(version),
    previous: z.optional(version),
  }),
);

export type StoredSecret = z.output<typeof secretShape>;

/** Secrets by name, each a file that only its owner can read: the current version and the one before it. */
export interface SecretVault {
  has(name: string): boolean;
  /** Throws AwsFailure when there is none. */
  get(name: string): StoredSecret;
  save(secret: StoredSecret): Promise<StoredSecret>;
  now(): number;
}

/** Throws CorruptState. */
export async function secretVault(folder: string, now: () => number): Promise<SecretVault> {
  const secrets = await readSecrets(folder);
  return {
    now,
    has: (name) => secrets.has(name),
    get(name) {
      const secret = secrets.get(name);
      if (secret === undefined) throw new AwsFailure('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
      return secret;
    },
    async save(secret) {
      await writeState(join(folder, `${encodeURIComponent(secret.name)}.json`), secret, 0o600);
      secrets.set(secret.name, secret);
      return secret;
    },
  };
}

export function withValue(secret: StoredSecret, text: string, at: number): StoredSecret {
  return { ...secret, current: { id: randomUUID(), text, at }, ...(secret.current !== undefined && { previous: secret.current }) };
}

async function readSecrets(folder: string): Promise<Map<string, StoredSecret>> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => !name.startsWith(unfinishedPrefix)).map((name) => join(folder, name));
  const found = await Promise.all(files.map((file) => readState(file, secretShape)));
  return new Map(found.filter((secret) => secret !== undefined).map((secret) => [secret.name, secret]));
}
