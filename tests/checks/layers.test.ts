import { describe, expect, it } from 'vitest';
import { layerViolations } from '../../checks/layers.ts';
import { parseSource } from '../../checks/sources.ts';

const check = (path: string, specifier: string) => layerViolations([parseSource(path, `import { a } from '${specifier}'`)]);
const checkType = (path: string, specifier: string) => layerViolations([parseSource(path, `import type { A } from '${specifier}'`)]);

describe('who may import whom', () => {
  it.each([
    ['shared/domain/scan/funnel.ts', '../market.ts'],
    ['shared/ports/store.ts', '../domain/order.ts'],
    ['shared/jobs/trade.ts', '../ports/store.ts'],
    ['shared/adapters/kalshi/client.ts', './signing.ts'],
    ['shared/adapters/kalshi/orders/create.ts', '../signing.ts'],
    ['shared/adapters/kalshi/client.ts', '../../ports/exchange.ts'],
    ['shared/adapters/dynamodb/store.ts', '@aws-sdk/client-dynamodb'],
    ['shared/system/compose.ts', '../adapters/paper/broker.ts'],
    ['shared/system/config/keys.ts', 'zod'],
    ['functions/scan.ts', '../shared/system/compose.ts'],
    ['lib/functions-stack.ts', '../shared/system/map.ts'],
    ['lib/functions-stack.ts', 'aws-cdk-lib/aws-lambda'],
    ['bin/commands/start.ts', '../../local/runner.ts'],
    ['tests/drills/crash.test.ts', '../../local/runner.ts'],
  ])('%s may import %s', (path, specifier) => expect(check(path, specifier)).toEqual([]));

  it.each([
    ['shared/domain/market.ts', '../ports/store.ts'],
    ['shared/domain/market.ts', 'zod'],
    ['shared/domain/market.ts', 'node:crypto'],
    ['shared/ports/store.ts', '../jobs/trade.ts'],
    ['shared/jobs/trade.ts', '../adapters/kalshi/client.ts'],
    ['shared/jobs/trade.ts', '../system/config/keys.ts'],
    ['shared/adapters/kalshi/client.ts', '../paper/broker.ts'],
    ['shared/adapters/kalshi/client.ts', '../../jobs/trade.ts'],
    ['shared/system/map.ts', '../domain/money.ts'],
    ['shared/system/config/keys.ts', '../compose.ts'],
    ['functions/scan.ts', '../shared/adapters/kalshi/client.ts'],
    ['functions/scan.ts', '../local/runner.ts'],
    ['lib/functions-stack.ts', '../shared/system/config/keys.ts'],
    ['lib/functions-stack.ts', 'zod'],
    ['lib/functions-stack.ts', 'constructs-extra'],
    ['dashboard/page.ts', '../shared/domain/money.ts'],
    ['dashboard/page.ts', '../shared/api/contract.ts'],
    ['shared/system/compose.ts', '../../local/runner.ts'],
    ['shared/jobs/trade.ts', '../../tests/recorded-data.ts'],
  ])('%s must not import %s', (path, specifier) => expect(check(path, specifier)).toHaveLength(1));

  it('holds for types too, except that the dashboard sees those of the contract', () => {
    expect(checkType('shared/domain/market.ts', '../ports/store.ts')).toHaveLength(1);
    expect(checkType('dashboard/page.ts', '../shared/api/contract.ts')).toEqual([]);
    expect(checkType('dashboard/page.ts', '../shared/api/routes.ts')).toHaveLength(1);
  });

  it('lets only the edges import what is worked out at run time', () => {
    const computed = 'await import(name)';
    expect(layerViolations([parseSource('shared/jobs/trade.ts', computed)])).toHaveLength(1);
    expect(layerViolations([parseSource('local/runner.ts', computed)])).toEqual([]);
  });

  it('refuses a file in a folder nobody named', () =>
    expect(check('misc/thing.ts', 'zod')).toEqual([
      'misc/thing.ts: lies in no layer. Fix: move it, or name its folder in checks/layers.ts',
    ]));
});
