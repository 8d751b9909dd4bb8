import { describe, expect, it } from 'vitest';
import { at, recordsOf } from '../../shared/adapters/dynamodb/keys.ts';
import type { Millis } from '../../shared/domain/money.ts';
import { functionNames, functions, notePartitions } from '../../shared/system/map.ts';
import { plain, rolesOf, type Statement, synthesized } from './synthesized.ts';

const paper = rolesOf(synthesized());
const live = rolesOf(synthesized({ mode: 'live' }));
const all = [...paper, ...live];

function roleOf(name: string, roles = live): readonly Statement[] {
  const role = roles.get(`kalshi-pilot-${name}`);
  if (!role) throw new Error(`There is no function ${name} in the templates.`);
  return role;
}

/** Resources on which a role may do something that matches. */
function reach(role: readonly Statement[], action: RegExp): readonly string[] {
  return role.filter(({ actions }) => actions.some((each) => action.test(each))).flatMap(({ resources }) => resources);
}

const readsSecret = (role: readonly Statement[], secret: string) =>
  reach(role, /^secretsmanager:/).some((resource) => resource.includes(`kalshi-pilot/${secret}`));

describe('a role', () => {
  it('belongs to one function, and to nobody else', () => {
    const roles = [...synthesized().of('AWS::Lambda::Function').values()].map(({ Properties }) => plain(Properties.Role));
    expect(new Set(roles).size).toBe(functionNames.length);
  });

  it('allows single actions only, on named things of this system', () => {
    for (const [, statements] of all) {
      for (const { effect, actions, resources } of statements) {
        expect(effect).toBe('Allow');
        expect(actions.filter((action) => action.includes('*'))).toEqual([]);
        expect(resources.filter((resource) => !resource.includes('kalshi-pilot') && !/^<[\w.]+>$/.test(resource))).toEqual([]);
      }
    }
  });

  it('has a star only at the end of its own log group and of the recordings bucket', () => {
    const starred = all.flatMap(([name, statements]) =>
      statements.flatMap(({ resources }) => resources.filter((each) => each.includes('*')).map((each) => each.replace(name, 'SELF'))),
    );
    expect([...new Set(starred)].sort()).toEqual([
      'arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:/aws/lambda/SELF:*',
      'arn:<AWS::Partition>:s3:::kalshi-pilot-recordings-<AWS::AccountId>-<AWS::Region>/*',
    ]);
  });

  it('reads each secret that the map gives it, and no other', () => {
    for (const name of functionNames) {
      const has = (['kalshi', 'xai'] as const).filter((secret) => readsSecret(roleOf(name), secret));
      expect({ name, has }).toEqual({ name, has: functions[name].secrets });
    }
  });

  it('never reaches both the trading key and the analyst’s', () => {
    const both = [...live].filter(([, role]) => readsSecret(role, 'kalshi') && readsSecret(role, 'xai'));
    expect(both).toEqual([]);
  });

  it('cannot read the trading key on paper, whichever function it is', () => {
    expect([...paper].filter(([, role]) => readsSecret(role, 'kalshi')).map(([name]) => name)).toEqual([]);
    expect([...live].filter(([, role]) => readsSecret(role, 'kalshi')).map(([name]) => name)).not.toEqual([]);
  });

  it('of the scanner reaches no secret at all', () => expect(reach(roleOf('scan'), /^secretsmanager:/)).toEqual([]));

  it('of the dashboard changes no table and sends no alert: it can only ask others to act', () => {
    expect(reach(roleOf('api'), /^(dynamodb|s3):(Put|Update|Delete|BatchWrite)|^sns:/)).toEqual([]);
    expect(reach(roleOf('api'), /^lambda:/).join()).toContain('function:kalshi-pilot-control');
  });

  it('writes the tables as the map says', () => {
    const writers = (table: string) =>
      functionNames.filter((name) =>
        reach(roleOf(name), /^dynamodb:PutItem$/).some((each) => each.endsWith(`table/kalshi-pilot-${table}`)),
      );
    for (const table of ['state', 'reports'] as const) {
      const said = functionNames.filter((name) => functions[name][table].some((verb) => verb === 'write' || verb === 'note'));
      expect(writers(table)).toEqual(said);
    }
  });

  it('writes orders, ledger and breaker only where orders are placed: what reads an answer of the analyst cannot', () => {
    const writesMoney = functionNames.filter((name) =>
      roleOf(name).some(({ actions, resources, condition }) => {
        const state = actions.includes('dynamodb:PutItem') && resources.some((each) => each.endsWith('/kalshi-pilot-state'));
        return state && condition === undefined;
      }),
    );
    expect(writesMoney).toEqual(['trade', 'sync', 'control']);
  });

  it('notes leases, runs and records, and no partition that holds money', () => {
    const noted = roleOf('forecast').flatMap(({ condition }) => (condition === undefined ? [] : [condition]));
    expect(noted).toEqual([{ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': notePartitions } }]);
    const may = (partition: string) => notePartitions.some((pattern) => partition.startsWith(pattern.replace('*', '')));
    const notes = [at.lease('scan'), at.run('scan', 'T')].map(([partition]) => partition);
    expect([...notes, recordsOf('scan')].filter((partition) => !may(partition))).toEqual([]);
    const now = 0 as Millis;
    const money = [
      at.order('id'),
      at.orderByTime('paper', now, 'id'),
      at.market('paper', 'T'),
      at.counters('paper'),
      at.breaker('paper'),
      at.ledger('paper'),
      at.entry('paper', now, 1),
      at.entryId('paper', 'id'),
      at.trade('paper', 1),
      at.journal('paper', 1),
      at.subject('paper', 'id', 1),
    ].map(([partition]) => partition);
    expect(money.filter(may)).toEqual([]);
    expect(notes.length + money.length).toBe(Object.keys(at).length);
  });

  it('of the scheduler starts the functions of the timetable only', () => {
    const policies = [...synthesized().of('AWS::IAM::Policy').values()].filter(({ Properties }) =>
      plain(Properties.Roles).includes('scheduler'),
    );
    const starts = JSON.stringify(policies).match(/"(\w+)","Arn"/g) ?? [];
    expect(starts).toHaveLength(9);
    expect(JSON.stringify(policies)).not.toContain('*');
  });
});
