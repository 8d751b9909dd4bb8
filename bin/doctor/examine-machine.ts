import { readFileSync } from 'node:fs';
import type { Mode } from '../../shared/domain/book.ts';
import { ConfigError, makeConfig } from '../../shared/system/config/config.ts';
import type { Environment } from '../../shared/system/config/environment.ts';
import type { Config } from '../../shared/system/config/schema.ts';
import { commandEnvironment } from '../connect.ts';
import { openStore } from '../open-store.ts';
import { loadConfig } from '../options.ts';
import type { Finding } from './finding.ts';

/** Node's version against what package.json asks for. */
export function examineNode(version = process.versions.node): Finding {
  const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { engines: { node: string } };
  const needed = engines.node.replace('>=', '');
  const enough = compare(version, needed) >= 0;
  const text = `${version} (needs ${needed} or newer)`;
  return enough ? { check: 'Node', state: 'ok', text } : { check: 'Node', state: 'problem', text, fix: `install Node ${needed} or newer` };
}

function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let part = 0; part < 3; part++) {
    const difference = (left?.[part] ?? 0) - (right?.[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The settings in force, or the defaults beside what is wrong with the file. */
export async function examineConfig(): Promise<{ readonly config: Config; readonly finding: Finding }> {
  try {
    return { config: await loadConfig({}), finding: { check: 'Config', state: 'ok', text: 'pilot.config.ts and defaults are valid' } };
  } catch (error) {
    return { config: makeConfig({}), finding: faulty('Config', error) };
  }
}

/** The environment, or what is wrong with it; then nothing that depends on it is looked at. */
export function examineEnvironment(): { readonly environment: Environment | undefined; readonly finding: Finding } {
  try {
    const environment = commandEnvironment();
    const names = Object.keys(environment);
    const text = names.length === 0 ? 'nothing set: paper money, public data' : `${names.join(', ')}`;
    return { environment, finding: { check: 'Environment', state: 'ok', text } };
  } catch (error) {
    return { environment: undefined, finding: faulty('Environment', error) };
  }
}

/** Whether the store answers, of the running system or of this machine's files. */
export async function examineStore(mode: Mode): Promise<Finding> {
  try {
    const opened = await openStore();
    try {
      const book = opened.mode ?? mode;
      const { state } = await opened.store.breakers.read(book);
      const whose = opened.running ? 'of the running system' : 'on this machine';
      return { check: 'Store', state: 'ok', text: `answers (${whose}); ${book} trading ${state}` };
    } finally {
      await opened.close();
    }
  } catch (error) {
    const [text, fix] = split(error instanceof Error ? error.message : String(error));
    return { check: 'Store', state: 'problem', text, fix: fix ?? 'see that .pilot can be written to, and run it again' };
  }
}

function faulty(check: string, error: unknown): Finding {
  if (!(error instanceof ConfigError)) throw error;
  const [text, fix] = split(error.message);
  return { check, state: 'problem', text, fix: fix ?? 'see docs/configuration.md' };
}

/** A message of ours: what is wrong, and its fix. */
function split(message: string): readonly [string, string | undefined] {
  const at = message.indexOf('Fix: ');
  return at < 0 ? [message, undefined] : [message.slice(0, at).trim(), message.slice(at + 5)];
}
