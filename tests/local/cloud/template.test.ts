import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { rolePolicies } from '../../../local/cloud/iam/role-policies.ts';
import { type Assembly, readAssembly } from '../../../local/cloud/template/assembly.ts';
import { lambdaFunctions } from '../../../local/cloud/template/lambda-functions.ts';
import { resolver } from '../../../local/cloud/template/resolver.ts';
import { emptyFolder } from './cloud-under-test.ts';

const app = readAssembly(fileURLToPath(new URL('./fixtures/app', import.meta.url)));
const resolve = resolver(app, 'http://local', ({ type }) => (type === 'AWS::Lambda::Url' ? 'http://page' : undefined));

/** A placeholder as `Fn::Sub` has it. */
const sub = (name: string) => `\${${name}}`;

test('every kind of reference becomes what it would be after a deploy, with local names', () => {
  const inState = (value: unknown) => resolve('pilot-state', value);
  expect(inState({ Ref: 'Table' })).toBe('pilot-state');
  expect(inState({ Ref: 'Topic' })).toBe('arn:aws:sns:us-east-1:000000000000:pilot-alerts');
  expect(inState({ Ref: 'Undelivered' })).toBe('http://local/000000000000/pilot-undelivered');
  expect(inState({ Ref: 'Secret' })).toBe('arn:aws:secretsmanager:us-east-1:000000000000:secret:pilot/xai-local0');
  expect(inState({ 'Fn::GetAtt': ['Bucket', 'Arn'] })).toBe('arn:aws:s3:::pilot-recordings-000000000000-us-east-1');
  expect(inState({ 'Fn::GetAtt': 'Undelivered.QueueName' })).toBe('pilot-undelivered');
  expect(inState({ 'Fn::Sub': `${sub('AWS::StackName')} ${sub('Table')} ${sub('Table.Arn')} ${sub('!literal')}` })).toBe(
    `pilot-state pilot-state arn:aws:dynamodb:us-east-1:000000000000:table/pilot-state ${sub('literal')}`,
  );
  expect(inState({ 'Fn::Sub': [`${sub('a')}-${sub('Topic.TopicName')}`, { a: { Ref: 'AWS::Region' } }] })).toBe('us-east-1-pilot-alerts');
  expect(inState({ keep: [{ Ref: 'AWS::NoValue' }, 1], drop: { Ref: 'AWS::NoValue' } })).toEqual({ keep: [1] });
  expect(resolve('pilot-functions', { Ref: 'BootstrapVersion' })).toBe('/cdk-bootstrap/version');
});

test('what cannot be resolved is named, never guessed', () => {
  expect(() => resolve('pilot-state', { Ref: 'Nobody' })).toThrow(/pilot-state: Ref Nobody.*Fix: /);
  expect(() => resolve('pilot-state', { 'Fn::GetAtt': ['Table', 'StreamArn'] })).toThrow(/Table.StreamArn.*Fix: /);
  expect(() => resolve('pilot-state', { 'Fn::ImportValue': 'nothing' })).toThrow(/nothing: no stack exports it. Fix: /);
  expect(() => resolve('pilot-state', { 'Fn::GetStackOutput': { StackName: 'pilot-state', OutputName: 'No' } })).toThrow(
    /pilot-state.No.*Fix: /,
  );
  expect(() => resolve('pilot-state', { 'Fn::If': ['A', 'b', 'c'] })).toThrow(/Fn::If is not resolved locally. Fix: /);
});

test('functions are read with their time, memory, role and delivery, or with Lambda’s own defaults', () => {
  const [worker, follower] = lambdaFunctions(app, resolve);
  expect(worker).toMatchObject({
    name: 'pilot-worker',
    timeoutSeconds: 1,
    memoryMb: 256,
    role: 'pilot-functions-WorkerRole',
    delivery: { retries: 1, maxAgeSeconds: 60, deadLetters: 'arn:aws:sqs:us-east-1:000000000000:pilot-undelivered' },
  });
  expect(follower).toMatchObject({ timeoutSeconds: 3, memoryMb: 128, environment: {}, delivery: { retries: 2, maxAgeSeconds: 21_600 } });
});

test('a role has its inline policies, those attached to it and the managed ones; a stranger has no role', () => {
  const policiesOf = rolePolicies(app, resolve);
  const actions = (role: string) => policiesOf(role)?.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action ?? []));
  expect(actions('pilot-functions-WorkerRole')).toEqual([
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'lambda:InvokeFunction',
    'sqs:SendMessage',
    'sns:Publish',
  ]);
  expect(actions('pilot-functions-FollowerRole')).toContain('logs:PutLogEvents');
  expect(actions('somebody')).toBeUndefined();
});

test('an AWS-managed policy that is not known stops the check instead of passing it', () => {
  const role = {
    stack: 's',
    logicalId: 'R',
    type: 'AWS::IAM::Role',
    properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
  };
  const wide: Assembly = { ...app, resources: [role] };
  expect(() => rolePolicies(wide, resolver(wide, ''))('s-R')).toThrow(/AdministratorAccess is not known here. Fix: /);
});

test('a folder that is no synthesized app is named with the fix', async () => {
  const folder = await emptyFolder();
  expect(() => readAssembly(folder)).toThrow(/manifest.json.*Fix: .*npm run synth/);
  await writeFile(join(folder, 'manifest.json'), '{"artifacts": []}');
  expect(() => readAssembly(folder)).toThrow(/artifacts[\s\S]*Fix: .*npm run synth/);
});
