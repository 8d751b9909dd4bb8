import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { localNames } from '../../local/runner/local-names.ts';
import { type Environment, readEnvironment } from '../../shared/system/config/environment.ts';
import type { FunctionName } from '../../shared/system/map.ts';
import { awsFailure } from './aws-failure.ts';

/** Knows every name that people ask for: it watches all books and tells the topic. */
const KNOWS: FunctionName = 'alert-check';

/** What the deployed functions were told: their mode, tables, topic and bucket. Throws Exit when nothing is deployed. */
export async function deployedEnvironment(): Promise<Environment> {
  const client = new LambdaClient({ maxAttempts: 3 });
  const command = new GetFunctionConfigurationCommand({ FunctionName: `${localNames.prefix}${KNOWS}` });
  const found = await client.send(command).catch((cause: unknown) => {
    throw awsFailure('the system in AWS', cause);
  });
  return readEnvironment(found.Environment?.Variables ?? {});
}
