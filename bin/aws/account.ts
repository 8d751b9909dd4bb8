import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { awsFailure } from './aws-failure.ts';

/** Whose credentials these are, and where they act. */
export interface AwsAccount {
  readonly account: string;
  readonly region: string;
}

/** Asks before anything is changed. Throws Exit when there are no credentials, they lapsed, or there is no region. */
export async function accountAtHand(): Promise<AwsAccount> {
  const client = new STSClient({ maxAttempts: 3 });
  try {
    const [{ Account = 'unknown' }, region] = await Promise.all([client.send(new GetCallerIdentityCommand()), client.config.region()]);
    return { account: Account, region };
  } catch (cause) {
    throw awsFailure('AWS', cause);
  }
}

/** Enough to know the account again. */
export function accountText({ account, region }: AwsAccount): string {
  return `AWS account ${account.slice(0, 4)}…${account.slice(-4)}, ${region}`;
}
