import { Aws } from 'aws-cdk-lib';
import type { FunctionName, SecretName, TableName } from '../shared/system/map.ts';

/**
 * What everything is called. The stacks meet by name, so that no export of one locks the update of another, and the
 * command line finds each thing without a look-up.
 */
export interface Names {
  readonly system: string;
  readonly topic: string;
  /** Ticks that nobody took and events whose function failed. */
  readonly undelivered: string;
  readonly recordings: string;
  readonly table: (name: TableName) => string;
  readonly secret: (name: SecretName) => string;
  readonly lambda: (name: FunctionName) => string;
  readonly logGroup: (name: FunctionName) => string;
  /** Log of who came to the phone's dashboard. */
  readonly visits: string;
  readonly stack: (part: 'state' | 'functions' | 'dashboard' | 'watch') => string;
}

export function namesOf(system: string): Names {
  const dashed = (part: string) => `${system}-${part}`;
  return {
    system,
    topic: dashed('alerts'),
    undelivered: dashed('undelivered'),
    // Bucket names are the whole world's: the account and the region make it ours.
    recordings: `${dashed('recordings')}-${Aws.ACCOUNT_ID}-${Aws.REGION}`,
    table: dashed,
    secret: (name) => `${system}/${name}`,
    lambda: dashed,
    logGroup: (name) => `/aws/lambda/${dashed(name)}`,
    visits: `/aws/apigateway/${system}`,
    stack: dashed,
  };
}

/** The ARN of something in this account and region. */
export function arn(service: string, resource: string): string {
  return `arn:${Aws.PARTITION}:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
}

/** The id under which cdk-nag reports a resource with a wildcard in it. */
export function wildcardFinding(resource: string): string {
  const readable = resource
    .replaceAll(Aws.PARTITION, '<AWS::Partition>')
    .replaceAll(Aws.REGION, '<AWS::Region>')
    .replaceAll(Aws.ACCOUNT_ID, '<AWS::AccountId>');
  return `AwsSolutions-IAM5[Resource::${readable}]`;
}

export function bucketArn(bucket: string): string {
  return `arn:${Aws.PARTITION}:s3:::${bucket}`;
}
