import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  type FunctionName,
  type FunctionSpec,
  functionNames,
  functions,
  type Mode,
  notePartitions,
  secretsOf,
  type TableVerb,
} from '../shared/system/map.ts';
import { arn, bucketArn, type Names } from './names.ts';

const writes = ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem', 'BatchWriteItem'];
const tableActions: Readonly<Record<TableVerb, readonly string[]>> = {
  read: ['GetItem', 'BatchGetItem', 'Query'],
  note: writes,
  write: writes,
  readAll: ['Scan'],
};

const objectActions = { read: 's3:GetObject', write: 's3:PutObject' } as const;

/** What one function may do in AWS: what the map gives it in this mode, and nothing else. */
export function permissionsOf(name: FunctionName, mode: Mode, names: Names): PolicyDocument {
  const spec = functions[name];
  const statements = [
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [arn('logs', `log-group:${names.logGroup(name)}:*`)]),
    allow(['sqs:SendMessage'], [arn('sqs', names.undelivered)]),
    ...tableAccess(spec.state, arn('dynamodb', `table/${names.table('state')}`)),
    ...tableAccess(spec.reports, arn('dynamodb', `table/${names.table('reports')}`)),
    ...recordings(spec, names),
    // Secrets Manager adds six characters of its own to the name.
    allow(
      ['secretsmanager:GetSecretValue'],
      secretsOf(spec, mode).map((secret) => arn('secretsmanager', `secret:${names.secret(secret)}-??????`)),
    ),
    allow(spec.alerts ? ['sns:Publish'] : [], [arn('sns', names.topic)]),
    allow(
      ['lambda:InvokeFunction'],
      [...spec.invokes, ...nextOf(name)].map((other) => arn('lambda', `function:${names.lambda(other)}`)),
    ),
  ];
  return new PolicyDocument({ statements: statements.filter((each) => each.resources.length > 0 && each.actions.length > 0) });
}

/** The functions that start when this one ends. */
export function nextOf(name: FunctionName): readonly FunctionName[] {
  return functionNames.filter((other) => {
    const { trigger } = functions[other];
    return 'after' in trigger && trigger.after === name;
  });
}

function tableAccess(verbs: readonly TableVerb[], table: string): readonly PolicyStatement[] {
  return verbs.map((verb) => {
    const statement = allow(
      tableActions[verb].map((action) => `dynamodb:${action}`),
      [table],
    );
    if (verb === 'note') statement.addCondition('ForAllValues:StringLike', { 'dynamodb:LeadingKeys': [...notePartitions] });
    return statement;
  });
}

function recordings({ recordings: verbs }: FunctionSpec, names: Names): readonly PolicyStatement[] {
  const bucket = bucketArn(names.recordings);
  return [
    allow(
      verbs.map((verb) => objectActions[verb]),
      [`${bucket}/*`],
    ),
    allow(verbs.includes('read') ? ['s3:ListBucket'] : [], [bucket]),
  ];
}

/** Grants actions on resources. */
export function allow(actions: readonly string[], resources: readonly string[]): PolicyStatement {
  return new PolicyStatement({ actions: [...actions], resources: [...resources] });
}
