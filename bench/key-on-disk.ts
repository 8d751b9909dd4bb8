import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GeneratedKey, generateKey } from '../local/exchange/generate-key.ts';

/** A key and where it lies as PEM, for those who read it as functions do. */
export interface KeyOnDisk {
  readonly key: GeneratedKey;
  readonly keyPath: string;
}

/** Makes a key and keeps it in a file of its own, which goes when the process does. */
export function keyOnDisk(kind: 'ed25519' | 'rsa'): KeyOnDisk {
  const key = generateKey(kind);
  const keyPath = join(tmpdir(), `pilot-bench-${crypto.randomUUID()}.pem`);
  writeFileSync(keyPath, key.privateKey, { mode: 0o600 });
  process.once('exit', () => rmSync(keyPath, { force: true }));
  return { key, keyPath };
}
