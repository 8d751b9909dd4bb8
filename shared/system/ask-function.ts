import type { LambdaClient, LambdaClientConfig } from '@aws-sdk/client-lambda';
import type { FunctionName } from './map.ts';

/** Answers of one function to another: an error is the function's own words. */
export interface Asked {
  readonly failed: boolean;
  readonly answer: unknown;
}

let client: LambdaClient | undefined;

/** Runs a function and waits for its answer; or only starts it. `elsewhere` is another system's. Throws when it cannot be reached. */
export async function askFunction(
  prefix: string,
  name: FunctionName,
  payload: object,
  how: 'wait' | 'start',
  elsewhere?: LambdaClientConfig,
): Promise<Asked> {
  // Most requests only read, so what starts functions is loaded with the first that acts.
  const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
  // Acting twice is worse than not at all: nothing is tried again.
  const asking = elsewhere ? new LambdaClient({ ...elsewhere, maxAttempts: 1 }) : (client ?? new LambdaClient({ maxAttempts: 1 }));
  if (!elsewhere) client = asking;
  const command = new InvokeCommand({
    FunctionName: `${prefix}${name}`,
    InvocationType: how === 'wait' ? 'RequestResponse' : 'Event',
    Payload: JSON.stringify(payload),
  });
  const { FunctionError, Payload } = await asking.send(command);
  const text = new TextDecoder().decode(Payload ?? new Uint8Array());
  return { failed: FunctionError !== undefined, answer: text === '' ? undefined : (JSON.parse(text) as unknown) };
}
