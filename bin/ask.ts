import { localNames } from '../local/runner/local-names.ts';
import { askFunction } from '../shared/system/ask-function.ts';
import type { FunctionName } from '../shared/system/map.ts';
import { awsFailure } from './aws/aws-failure.ts';
import { Exit } from './exit.ts';
import type { OpenedStore } from './open-store.ts';
import { waiting } from './waiting.ts';

const LOCAL = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } } as const;

/**
 * Runs one function of the running system, here or in AWS, and waits for its answer. Throws Exit(3) when it cannot be
 * reached and Exit(1) with its own words when it fails. Never tried again: doing it twice is worse.
 */
export async function ask(
  { running, env }: Pick<OpenedStore, 'running' | 'env'>,
  name: FunctionName,
  payload: object,
): Promise<Readonly<Record<string, unknown>>> {
  if (env === 'local' && running === undefined) throw new Exit(3, `${name}: no system runs here. Fix: npm start, or --env aws`);
  const where = running ? { endpoint: running.endpoint, ...LOCAL } : {};
  const { failed, answer } = await waiting(name, askFunction(localNames.prefix, name, payload, 'wait', where)).catch((cause: unknown) => {
    if (env === 'aws') throw awsFailure(name, cause);
    const text = cause instanceof Error ? cause.message : String(cause);
    throw new Exit(3, `${name}: cannot be reached (${text}). Fix: pilot doctor`, { cause });
  });
  const said = (answer ?? {}) as Readonly<Record<string, unknown>>;
  if (failed) throw new Exit(1, saidBy(said, 'errorMessage') ?? `${name} failed. Fix: pilot logs --job ${name}`);
  return said;
}

/** A text in an answer; undefined where there is none. */
export function saidBy(answer: Readonly<Record<string, unknown>>, field: string): string | undefined {
  const said = answer[field];
  return typeof said === 'string' ? said : undefined;
}
