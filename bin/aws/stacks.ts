import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { localNames } from '../../local/runner/local-names.ts';
import { awsFailure } from './aws-failure.ts';

/** In the order they are made; what is first outlives the rest. */
export const stackParts = ['state', 'functions', 'dashboard', 'watch'] as const;
export type StackPart = (typeof stackParts)[number];

/** One stack as CloudFormation has it; `state` is undefined where there is none. */
export interface DeployedStack {
  readonly name: string;
  readonly state: string | undefined;
  readonly changedAt: string | undefined;
  readonly outputs: Readonly<Record<string, string>>;
}

export function stackName(part: StackPart): string {
  return `${localNames.prefix}${part}`;
}

/** The system's stacks, deployed or not. Throws Exit when AWS cannot be asked. */
export async function deployedStacks(): Promise<readonly DeployedStack[]> {
  const client = new CloudFormationClient({ maxAttempts: 3 });
  return Promise.all(stackParts.map((part) => describe(client, stackName(part))));
}

/** Whether `cdk bootstrap` was run in this account and region. */
export async function isBootstrapped(): Promise<boolean> {
  const { state } = await describe(new CloudFormationClient({ maxAttempts: 3 }), 'CDKToolkit');
  return state !== undefined;
}

async function describe(client: CloudFormationClient, name: string): Promise<DeployedStack> {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const found = Stacks?.[0];
    const outputs = (found?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }): [string, string] => [OutputKey, OutputValue]);
    const changed = found?.LastUpdatedTime ?? found?.CreationTime;
    return { name, state: found?.StackStatus, changedAt: changed?.toISOString(), outputs: Object.fromEntries(outputs) };
  } catch (cause) {
    // CloudFormation has no error of its own for a stack that is not there.
    if (cause instanceof Error && cause.name === 'ValidationError' && /does not exist/.test(cause.message))
      return { name, state: undefined, changedAt: undefined, outputs: {} };
    throw awsFailure(name, cause);
  }
}
