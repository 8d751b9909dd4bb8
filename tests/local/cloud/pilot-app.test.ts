import { expect, test } from 'vitest';
import { allows } from '../../../local/cloud/iam/allows.ts';
import { rolePolicies } from '../../../local/cloud/iam/role-policies.ts';
import { timetable } from '../../../local/cloud/scheduler/timetable.ts';
import { readAssembly, resourcesOf } from '../../../local/cloud/template/assembly.ts';
import { lambdaFunctions } from '../../../local/cloud/template/lambda-functions.ts';
import { resolver } from '../../../local/cloud/template/resolver.ts';
import { functionNames, functions } from '../../../shared/system/map.ts';
import { makeApp } from '../../infra/synthesized.ts';

/** The templates of this app, as the local cloud reads them. Attributes that only AWS knows stay words. */
function read(mode: 'paper' | 'live') {
  const assembly = readAssembly(makeApp({ mode }).synth().directory);
  const resolve = resolver(assembly, 'http://local', ({ type }, attribute) =>
    attribute === undefined || attribute === 'Arn' ? undefined : `${type} ${attribute}`,
  );
  const nameOf = (name: string) => functionNames.find((known) => name.endsWith(`-${known}`));
  const lambdas = lambdaFunctions(assembly, resolve).map((lambda) => ({ ...lambda, known: nameOf(lambda.name) }));
  return { assembly, resolve, lambdas, policiesOf: rolePolicies(assembly, resolve) };
}

test('every function of the map can be run here from the templates, with a role that can be read', () => {
  const { lambdas, policiesOf } = read('paper');
  expect(lambdas.flatMap(({ known }) => known ?? []).sort()).toEqual([...functionNames].sort());
  expect(lambdas.filter(({ role }) => policiesOf(role)?.length === 0)).toEqual([]);
});

test('the timetable read here has the functions that the clock starts', () => {
  const { assembly, resolve, lambdas } = read('paper');
  const started = timetable(assembly, resolve).flatMap(
    ({ target }) => lambdas.find(({ name }) => target.endsWith(`:${name}`))?.known ?? [],
  );
  const byClock = functionNames.filter((name) => 'every' in functions[name].trigger || 'cron' in functions[name].trigger);
  expect(started.sort()).toEqual([...byClock].sort());
});

test('the check itself finds who may read the trading key: nobody on paper, live those of the map', () => {
  const readers = (mode: 'paper' | 'live') => {
    const { assembly, resolve, lambdas, policiesOf } = read(mode);
    const secrets = resourcesOf(assembly, 'AWS::SecretsManager::Secret').map(({ stack, logicalId }) =>
      String(resolve(stack, { Ref: logicalId })),
    );
    const resource = secrets.find((secret) => /\/kalshi-local0$/.test(secret)) ?? '';
    const may = lambdas.filter(({ role }) => allows(policiesOf(role) ?? [], { action: 'secretsmanager:GetSecretValue', resource }));
    return may.flatMap(({ known }) => known ?? []).sort();
  };
  const mapped = functionNames.filter((name) => (functions[name].secrets as readonly string[]).includes('kalshi'));
  expect(readers('paper')).toEqual([]);
  expect(readers('live')).toEqual([...mapped].sort());
  expect(mapped.length).toBeGreaterThan(0);
});
