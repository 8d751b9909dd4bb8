import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { localNames } from '../local/runner/local-names.ts';
import type { FunctionName } from '../shared/system/map.ts';
import { Exit } from './exit.ts';
import type { OpenedStore } from './open-store.ts';

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
  const client = new LambdaClient({ maxAttempts: 1, ...(running ? { endpoint: running.endpoint, ...LOCAL } : {}) });
  const command = new InvokeCommand({ FunctionName: `${localNames.prefix}${name}`, Payload: JSON.stringify(payload) });
  const { FunctionError, Payload } = await client.send(command).catch((cause: unknown) => {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new Exit(3, `${name}: cannot be reached (${said}). Fix: pilot doctor`, { cause });
  });
  const text = new TextDecoder().decode(Payload ?? new Uint8Array());
  const answer = (text === '' ? {} : JSON.parse(text)) as Readonly<Record<string, unknown>>;
  if (FunctionError !== undefined) throw new Exit(1, saidBy(answer, 'errorMessage') ?? FunctionError);
  return answer;
}

/** A text in an answer; undefined where there is none. */
export function saidBy(answer: Readonly<Record<string, unknown>>, field: string): string | undefined {
  const said = answer[field];
  return typeof said === 'string' ? said : undefined;
}
