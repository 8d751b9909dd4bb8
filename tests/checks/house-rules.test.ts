import { describe, expect, it } from 'vitest';
import { houseViolations, looseVersions, MAX_LINES, missingDocuments, strangersIn } from '../../checks/house-rules.ts';
import { parseSource } from '../../checks/sources.ts';

const violations = (path: string, text = 'export const a = 1;') => houseViolations(parseSource(path, text));

describe('the house rules', () => {
  it('are kept by a plain file', () => expect(violations('shared/domain/market.ts')).toEqual([]));

  it('bound the length of a file', () => {
    expect(violations('shared/domain/market.ts', 'let a = 1;\n'.repeat(MAX_LINES))).toEqual([]);
    expect(violations('shared/domain/market.ts', 'let a = 1;\n'.repeat(MAX_LINES + 1))).toHaveLength(1);
  });

  it.each([
    'shared/domain/utils.ts',
    'shared/helpers/market.ts',
    'shared/jobs/order-manager.ts',
    'shared/system/trade-service.ts',
    'local/enhanced-runner.ts',
    'local/runner-v2.ts',
  ])('refuse the name %s', (path) => expect(violations(path)).toHaveLength(1));

  it('take names that only contain such a word', () => {
    expect(violations('shared/domain/managerial.ts')).toEqual([]);
    expect(violations('shared/domain/serviceable.ts')).toEqual([]);
    expect(violations('local/cloud/secrets-manager.ts')).toEqual([]);
  });

  it('allow default exports in configurations only', () => {
    expect(violations('shared/jobs/trade.ts', 'export default 1')).toHaveLength(1);
    expect(violations('vitest.config.ts', 'export default 1')).toEqual([]);
  });

  it('refuse barrels', () => {
    expect(violations('shared/domain/all.ts', "export * from './market.ts'")).toHaveLength(1);
    expect(violations('shared/domain/index.ts')).toHaveLength(1);
  });

  it('let the environment be read in the configuration and where a process is put together', () => {
    const reads = 'export const a = process.env.A';
    expect(violations('shared/adapters/kalshi/client.ts', reads)).toHaveLength(1);
    expect(violations('functions/scan.ts', reads)).toHaveLength(1);
    expect(violations('shared/system/config/environment.ts', reads)).toEqual([]);
    expect(violations('bin/pilot.ts', reads)).toEqual([]);
  });

  it('keep clock and chance out of domain and jobs', () => {
    const text = 'export const a = [Date.now(), new Date(), Math.random()]';
    expect(violations('shared/domain/market.ts', text)).toHaveLength(3);
    expect(violations('shared/jobs/trade.ts', text)).toHaveLength(3);
    expect(violations('shared/adapters/clock/system-clock.ts', text)).toEqual([]);
    expect(violations('shared/domain/market.ts', 'export const a = new Date(0)')).toEqual([]);
  });

  it('refuse silenced checks and unfinished work', () => {
    expect(violations('shared/jobs/trade.ts', `// ${'biome'}-ignore lint: because`)).toHaveLength(1);
    expect(violations('shared/jobs/trade.ts', `// ${'TO'}DO later`)).toHaveLength(1);
  });
});

describe('texts that only one machine understands', () => {
  it.each([`"/${'work'}/main"`, `cd /${'tmp'}/a`, `/${'home'}/me/a`, `/${'Users'}/me`, `https://${'registry'}.example.org/`])(
    '%s',
    (text) => expect(strangersIn('a.md', `first\n${text}\n`)).toHaveLength(1),
  );

  it.each(['../shared/data', 'https://example.com/home/page', 'the /api/status page', 'paper/work/rest', './tmp/a'])('but not %s', (text) =>
    expect(strangersIn('a.md', text)).toEqual([]),
  );

  it('are named with their line', () => expect(strangersIn('a.md', `one\ntwo /${'tmp'}/x`)[0]).toContain('a.md:2'));
});

describe('documents', () => {
  const known = ['README.md', 'docs/risk.md', 'docs/decisions/0001-units.md'];

  it('may be named by path, by name, and relative to the text', () => {
    expect(missingDocuments('shared/a.ts', '// see docs/risk.md and 0001-units.md', known)).toEqual([]);
    expect(missingDocuments('docs/risk.md', '[x](decisions/0001-units.md) [y](../README.md)', known)).toEqual([]);
  });

  it('must be in the repository', () => {
    expect(missingDocuments('shared/a.ts', '// source: elsewhere.md §3', known)).toHaveLength(1);
    expect(missingDocuments('README.md', '[x](docs/gone.md)', known)).toHaveLength(1);
  });

  it('may be meant as a pattern', () => expect(missingDocuments('README.md', 'docs/**/*.md', known)).toEqual([]));
});

describe('versions', () => {
  it.each(['^1.2.3', '~1.2.3', '1.x', 'latest', '>=1.2.3', 'git+ssh://a/b'])('%s is not one version', (version) =>
    expect(looseVersions({ dependencies: { a: version } })).toHaveLength(1),
  );

  it('are exact', () => expect(looseVersions({ dependencies: { a: '1.2.3' }, devDependencies: { b: '1.0.0-rc.1' } })).toEqual([]));
});
