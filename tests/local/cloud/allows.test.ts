import { describe, expect, test } from 'vitest';
import { allows } from '../../../local/cloud/iam/allows.ts';
import type { Permission } from '../../../local/cloud/iam/permission.ts';
import { parsePolicy } from '../../../local/cloud/iam/policy.ts';

const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/state';

function decided(statements: readonly object[], permission: Partial<Permission>): boolean {
  return allows([parsePolicy('test', { Version: '2012-10-17', Statement: statements })], {
    action: 'dynamodb:GetItem',
    resource: table,
    ...permission,
  });
}

const allow = (more: object = {}) => ({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: table, ...more });
const deny = (more: object = {}) => ({ ...allow(more), Effect: 'Deny' });

test('nothing is allowed that no statement allows', () => {
  expect(decided([], {})).toBe(false);
  expect(decided([allow()], {})).toBe(true);
  expect(decided([allow()], { action: 'dynamodb:PutItem' })).toBe(false);
  expect(decided([allow()], { resource: `${table}/index/by-day` })).toBe(false);
});

test('a wildcard stands for any text in actions and resources, a question mark for one character', () => {
  expect(decided([allow({ Action: ['dynamodb:Batch*', 'dynamodb:Get*'] })], {})).toBe(true);
  expect(decided([allow({ Action: 'dynamodb:get?tem' })], {})).toBe(true);
  expect(decided([allow({ Action: '*', Resource: '*' })], { action: 's3:PutObject', resource: 'arn:aws:s3:::bucket/a/b' })).toBe(true);
  expect(decided([allow({ Resource: `${table}/index/*` })], { resource: `${table}/index/by-day` })).toBe(true);
  expect(decided([allow({ Resource: `${table}/index/*` })], {})).toBe(false);
  expect(decided([allow({ Resource: table.replace('state', 'stat?') })], {})).toBe(true);
  expect(decided([allow({ Resource: 'arn.aws.dynamodb.us-east-1.000000000000.table/state' })], {})).toBe(false);
});

test('actions are compared without regard to case, resources with', () => {
  expect(decided([allow({ Action: 'DynamoDB:getitem' })], {})).toBe(true);
  expect(decided([allow({ Resource: table.toUpperCase() })], {})).toBe(false);
});

test('one matching Deny refuses, wherever it stands; one that does not match changes nothing', () => {
  expect(decided([deny(), allow({ Action: '*', Resource: '*' })], {})).toBe(false);
  expect(decided([allow(), deny({ Resource: '*', Action: '*' })], {})).toBe(false);
  expect(decided([allow(), deny({ Action: 'dynamodb:DeleteItem' })], {})).toBe(true);
});

test('NotAction and NotResource mean everything else', () => {
  const allButDelete = { Effect: 'Allow', NotAction: 'dynamodb:DeleteItem', NotResource: `${table}-other` };
  expect(decided([allButDelete], {})).toBe(true);
  expect(decided([allButDelete], { action: 'dynamodb:DeleteItem' })).toBe(false);
  expect(decided([allButDelete], { resource: `${table}-other` })).toBe(false);
});

describe('conditions', () => {
  const withKeys = (operator: string, wanted: string | readonly string[], keys: readonly string[] | undefined) =>
    decided(
      [allow({ Condition: { [operator]: { 'dynamodb:LeadingKeys': wanted } } })],
      keys === undefined ? {} : { context: { 'dynamodb:LeadingKeys': keys } },
    );

  test('ForAllValues wants every key to match one of the patterns', () => {
    const operator = 'ForAllValues:StringLike';
    expect(withKeys(operator, ['ORDER#*', 'LEDGER#*'], ['ORDER#1', 'LEDGER#paper'])).toBe(true);
    expect(withKeys(operator, ['ORDER#*'], ['ORDER#1', 'LEDGER#paper'])).toBe(false);
    expect(withKeys('ForAllValues:StringEquals', ['ORDER#*'], ['ORDER#1'])).toBe(false);
  });

  test('ForAllValues holds when the request has no such key, as IAM warns', () => {
    expect(withKeys('ForAllValues:StringLike', ['ORDER#*'], undefined)).toBe(true);
    expect(withKeys('ForAnyValue:StringLike', ['ORDER#*'], undefined)).toBe(false);
  });

  test('ForAnyValue and plain operators are content with one', () => {
    expect(withKeys('ForAnyValue:StringLike', ['ORDER#*'], ['LEDGER', 'ORDER#1'])).toBe(true);
    expect(withKeys('StringEquals', ['A', 'B'], ['B'])).toBe(true);
    expect(withKeys('StringEquals', ['A'], ['B'])).toBe(false);
    expect(withKeys('StringEquals', ['A'], undefined)).toBe(false);
    expect(withKeys('StringEqualsIfExists', ['A'], undefined)).toBe(true);
  });

  test('a negated operator holds when none matches, and when there is no such key', () => {
    expect(withKeys('StringNotLike', ['LIVE#*'], ['PAPER#1'])).toBe(true);
    expect(withKeys('StringNotLike', ['LIVE#*', 'DEMO#*'], ['DEMO#1'])).toBe(false);
    expect(withKeys('StringNotEquals', ['A'], undefined)).toBe(true);
  });

  test('a Deny with a condition refuses only where the condition holds', () => {
    const statements = [allow(), deny({ Condition: { 'ForAnyValue:StringLike': { 'DynamoDB:leadingkeys': 'LIVE#*' } } })];
    expect(decided(statements, { context: { 'dynamodb:LeadingKeys': ['PAPER#1'] } })).toBe(true);
    expect(decided(statements, { context: { 'dynamodb:LeadingKeys': ['LIVE#1'] } })).toBe(false);
  });

  test('every operator and every key must hold', () => {
    const Condition = { StringEquals: { a: '1', b: '2' }, Bool: { c: 'true' } };
    const context = (c: string) => ({ context: { a: ['1'], b: ['2'], c: [c] } });
    expect(decided([allow({ Condition })], context('true'))).toBe(true);
    expect(decided([allow({ Condition })], context('false'))).toBe(false);
  });

  test('an operator this check does not know is an error, never permission', () => {
    expect(() => withKeys('NumericLessThan', ['3'], ['2'])).toThrow(/NumericLessThan.*Fix: /);
  });
});

test('a policy with an element this check does not know is an error that names it', () => {
  expect(() => parsePolicy('role/inline', { Statement: [allow({ Principal: '*' })] })).toThrow(/role\/inline.*Principal[\s\S]*Fix: /);
});
