import { readFileSync, statSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { ConfigError } from './config.ts';

/** The variables of an `.env` file; none when there is no such file. Throws ConfigError when others than its owner may read it. */
export function readEnvFile(path = '.env'): Readonly<Record<string, string>> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return {};
  if ((stat.mode & 0o077) !== 0) {
    throw new ConfigError([
      `${path}: others on this machine may read it (mode ${(stat.mode & 0o777).toString(8)}). Fix: chmod 600 ${path}`,
    ]);
  }
  return parseEnv(readFileSync(path, 'utf8')) as Record<string, string>;
}
