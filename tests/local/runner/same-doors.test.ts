import { posix } from 'node:path';
import { expect, it } from 'vitest';
import { parseSource, readText, repositoryFiles } from '../../../checks/sources.ts';
import { functionNames } from '../../../shared/system/map.ts';

const sources = repositoryFiles()
  .filter((path) => /^(local\/runner|functions|shared)\/.*\.ts$/.test(path))
  .map((path) => parseSource(path, readText(path)));

/** Files that a folder's files load at run time, by who loads them. */
function loaded(folder: string): readonly { readonly by: string; readonly file: string }[] {
  return sources
    .filter(({ path }) => path.startsWith(folder))
    .flatMap(({ path, imports }) =>
      imports.flatMap(({ specifier, typeOnly }) =>
        specifier?.startsWith('.') && !typeOnly ? [{ by: path, file: posix.join(posix.dirname(path), specifier) }] : [],
      ),
    );
}

it('what runs in the cloud knows nothing of this machine: it is told addresses, and loads nothing of local', () => {
  const strangers = [...loaded('functions/'), ...loaded('shared/')].filter(({ file }) => file.startsWith('local/'));
  expect(strangers).toEqual([]);
  expect(new Set(loaded('functions/').map(({ by }) => by)).size).toBe(functionNames.length);
});

it('the local host only starts things: no job, no book and no table is opened past the functions’ own doors', () => {
  const past = /^shared\/(jobs|domain)\/|^shared\/adapters\/(dynamodb\/dynamo-store|paper|memory|files|xai|standin|sns|secrets)\b/;
  expect(loaded('local/runner/').filter(({ file }) => past.test(file))).toEqual([]);
  expect(loaded('local/runner/').some(({ file }) => file === 'local/exchange/server.ts')).toBe(true);
});

it('the simulated exchange is reached over HTTP only: of its inside the runner starts it, serves it and says where it keeps its account', () => {
  const inside = loaded('local/runner/').filter(({ file }) => file.startsWith('local/exchange/'));
  const allowed = ['create-exchange.ts', 'generate-key.ts', 'kept/account-file.ts', 'server.ts', 'world/generated-world.ts'].map(
    (file) => `local/exchange/${file}`,
  );
  expect([...new Set(inside.map(({ file }) => file))].filter((file) => !allowed.includes(file))).toEqual([]);
});
