import { describe, expect, it } from 'vitest';
import { houseViolations, looseVersions, missingDocuments, strangersIn } from '../checks/house-rules.ts';
import { layerViolations } from '../checks/layers.ts';
import { missingEntries } from '../checks/lock.ts';
import { parseSource, readText, repositoryFiles } from '../checks/sources.ts';

const paths = repositoryFiles();
const sources = paths.filter((path) => path.endsWith('.ts')).map((path) => parseSource(path, readText(path)));
const texts = paths.filter((path) => /(\.(ts|cjs|js|json|md|ya?ml|css|html|sh)|^\.\w+|^\.ci\/\w+)$/.test(path));

describe('the house', () => {
  it('was really looked at', () => {
    const seen = (folder: string) => sources.filter(({ path }) => path.startsWith(folder)).length;
    expect(seen('shared/domain/')).toBeGreaterThanOrEqual(12);
    expect(seen('shared/ports/')).toBeGreaterThanOrEqual(7);
    expect(seen('checks/')).toBeGreaterThanOrEqual(5);
    expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThanOrEqual(60);
    expect(texts).toContain('package-lock.json');
  });

  it('keeps its layers', () => expect(layerViolations(sources)).toEqual([]));

  it('keeps its shape: short files, telling names, no default exports, no barrels, no hidden clock or environment', () =>
    expect(sources.flatMap(houseViolations)).toEqual([]));

  it('names no machine and no registry', () => expect(texts.flatMap((path) => strangersIn(path, readText(path)))).toEqual([]));

  it('points its reader only to documents that are here', () => {
    const readable = paths.filter((path) => /\.(ts|md)$/.test(path) && !/^(tests|checks)\//.test(path));
    expect(readable.flatMap((path) => missingDocuments(path, readText(path), paths))).toEqual([]);
  });

  it('pins every dependency to one version, in a lockfile that names no host', () => {
    expect(looseVersions(JSON.parse(readText('package.json')))).toEqual([]);
    expect(readText('package-lock.json')).not.toMatch(/"resolved"/);
  });

  it('can be installed by "npm ci" from any registry. Fix: node checks/complete-lock.ts', () =>
    expect(missingEntries(JSON.parse(readText('package-lock.json')).packages)).toEqual({}));
});
