import { describe, expect, it } from 'vitest';
import { functionNames, functions } from '../../shared/system/map.ts';
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

  it('reads the tables as the map says', () => {
    for (const name of functionNames) {
      const writes = reach(roleOf(name), /^dynamodb:PutItem$/)
        .map((resource) => resource.replace(/.*table\/kalshi-pilot-/, ''))
        .sort();
      const says = (['reports', 'state'] as const).filter((table) => functions[name][table].includes('write'));
      expect({ name, writes }).toEqual({ name, writes: says });
    }
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
