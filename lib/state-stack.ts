import { type App, CfnOutput, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AttributeType, Billing, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { type TableName, tables } from '../shared/system/map.ts';
import type { Names } from './names.ts';
import type { Plan } from './plan.ts';

/** Recordings are kept this long: a month of scans is 5 GB. */
const RECORDING_DAYS = 30;

/** What outlives every deploy: the books, the reports, the keys, the recordings, and the topic people listen to. */
export function stateStack(app: App, { names }: Plan): Stack {
  const stack = new Stack(app, names.stack('state'), { description: 'Kalshi Pilot: tables, secrets, recordings, alerts' });
  for (const name of Object.keys(tables) as TableName[]) addTable(stack, name, names);
  addSecret(stack, 'Kalshi', names.secret('kalshi'), 'Kalshi API key: key id and PEM');
  addSecret(stack, 'Xai', names.secret('xai'), 'xAI API key');
  addRecordings(stack, names);
  addTopic(stack, names);
  addUndelivered(stack, names);
  return stack;
}

function addTable(stack: Stack, name: TableName, names: Names): void {
  const { partitionKey, sortKey, ttl } = tables[name];
  new TableV2(stack, name === 'state' ? 'State' : 'Reports', {
    tableName: names.table(name),
    partitionKey: { name: partitionKey, type: AttributeType.STRING },
    sortKey: { name: sortKey, type: AttributeType.STRING },
    timeToLiveAttribute: ttl,
    billing: Billing.onDemand(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

/** Born with a placeholder and no key in it, so that a later deploy never overwrites what `pilot secrets set` stored. */
function addSecret(stack: Stack, id: string, secretName: string, description: string): void {
  const secret = new Secret(stack, id, {
    secretName,
    description,
    generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'placeholder', excludePunctuation: true },
    removalPolicy: RemovalPolicy.RETAIN,
  });
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason: 'Kalshi and xAI issue the keys; AWS cannot rotate them. `pilot secrets set` with a new key is the way.',
  });
}

function addRecordings(stack: Stack, names: Names): void {
  const bucket = new Bucket(stack, 'Recordings', {
    bucketName: names.recordings,
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    lifecycleRules: [{ expiration: Duration.days(RECORDING_DAYS), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'Recordings of public market data, read and written by our roles only; an access log would cost more than the data.',
  });
  new CfnOutput(stack, 'RecordingsBucket', { value: bucket.bucketName, description: 'Recorded scans, kept for 30 days' });
}

/** No subscriber stands in the template: `pilot alerts add` subscribes, so no address is in the repository. */
function addTopic(stack: Stack, names: Names): void {
  const topic = new Topic(stack, 'Alerts', { topicName: names.topic, displayName: 'KALSHI', enforceSSL: true });
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsAndBudgetsSpeak',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com'), new ServicePrincipal('budgets.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  );
  new CfnOutput(stack, 'AlertsTopic', { value: topic.topicArn, description: 'Subscribe with: pilot alerts add email|sms …' });
}

function addUndelivered(stack: Stack, names: Names): void {
  const queue = new Queue(stack, 'Undelivered', {
    queueName: names.undelivered,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  for (const id of ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy']) {
    Validations.of(queue).acknowledge({ id, reason: 'It is the dead-letter queue; a person reads it, nothing is replayed from it.' });
  }
}
