import { arn, localAccount } from '../arn.ts';
import type { Resource } from './assembly.ts';

const nameProperty: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::Scheduler::ScheduleGroup': 'Name',
};

const arnOf: Readonly<Record<string, (name: string) => string>> = {
  'AWS::Lambda::Function': arn.function,
  'AWS::DynamoDB::Table': arn.table,
  'AWS::DynamoDB::GlobalTable': arn.table,
  'AWS::SNS::Topic': arn.topic,
  'AWS::SQS::Queue': arn.queue,
  'AWS::S3::Bucket': arn.bucket,
  'AWS::SecretsManager::Secret': arn.secret,
  'AWS::IAM::Role': arn.role,
  'AWS::Logs::LogGroup': arn.logGroup,
};

/** Reads a value of the resource's own stack. */
type Read = (value: unknown) => unknown;

/** The name a resource has here: its own if the template gives one, else stack and logical id, as CloudFormation would. */
export function localName({ stack, logicalId, type, properties }: Resource, read: Read): string {
  const given = read(properties[nameProperty[type] ?? '']);
  const name = typeof given === 'string' ? given : `${stack}-${logicalId}`;
  return type === 'AWS::S3::Bucket' ? name.toLowerCase() : name;
}

/** What `Ref` of a resource is: for most its name, for topics and secrets the ARN, for queues the URL. */
export function localRef(resource: Resource, endpoint: string, read: Read): string {
  const name = localName(resource, read);
  if (resource.type === 'AWS::SNS::Topic') return arn.topic(name);
  if (resource.type === 'AWS::SecretsManager::Secret') return arn.secret(name);
  if (resource.type === 'AWS::SQS::Queue') return queueUrl(endpoint, name);
  return name;
}

/** What `Fn::GetAtt` of a resource is; undefined for attributes that nothing here has. */
export function localAttribute(resource: Resource, attribute: string, read: Read): string | undefined {
  if (attribute === 'Arn' || attribute === 'TopicArn') return arnOf[resource.type]?.(localName(resource, read));
  if (/^(Queue|Topic|Bucket|Table|Function)Name$/.test(attribute)) return localName(resource, read);
  return undefined;
}

export function queueUrl(endpoint: string, name: string): string {
  return `${endpoint}/${localAccount}/${name}`;
}
