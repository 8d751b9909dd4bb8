import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Call {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly signed: boolean;
}

const folder = join(import.meta.dirname, '../../../shared/adapters/kalshi/endpoints');
const files = readdirSync(folder).filter((file) => !file.endsWith('-schema.ts'));
const calls = await Promise.all(
  files.map(async (file) => {
    const exported = Object.entries((await import(join(folder, file))) as Record<string, unknown>);
    return {
      file,
      found: exported.filter((entry): entry is [string, Call] => typeof entry[1] === 'object' && entry[1] !== null && 'path' in entry[1]),
    };
  }),
);

/** `METHOD /path/{}` → whether it is signed, read off the published client's text: it never runs here. */
function published(): ReadonlyMap<string, boolean> {
  const root = join(dirname(createRequire(import.meta.url).resolve('kalshi-typescript/package.json')), 'api');
  const text = readdirSync(root)
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
  const chunks = text.split('const localVarPath = `').slice(1);
  return new Map(
    chunks.map((chunk) => [
      `${/method: '(\w+)'/.exec(chunk)?.[1]} ${shape(chunk.slice(0, chunk.indexOf('`')))}`,
      chunk.includes('KALSHI-ACCESS-KEY'),
    ]),
  );
}

const shape = (path: string) => path.replaceAll(/\{\w+\}/g, '{}');

/** The models at hand are of spec 3.30; what changed since then. */
const since: Readonly<Record<string, boolean>> = {
  // 3.31: order books need no key any more.
  'GET /markets/{}/orderbook': false,
  'GET /markets/orderbooks': false,
};

describe('endpoints', () => {
  it('are one to a file, named by it', () => {
    expect(calls.length).toBeGreaterThanOrEqual(50);
    for (const { file, found } of calls) {
      expect(found.map(([name]) => `${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`)).toEqual([file]);
    }
  });

  it('are where the published client has them, signed where it signs', () => {
    const theirs = published();
    expect(theirs.size).toBeGreaterThan(100);
    for (const { found } of calls) {
      for (const [, { method, path, signed }] of found) {
        const key = `${method} ${shape(path)}`;
        expect([key, signed]).toEqual([key, since[key] ?? theirs.get(key)]);
      }
    }
  });

  it('have names of their own', () => {
    const names = calls.flatMap(({ found }) => found.map(([, { name }]) => name));
    expect(new Set(names).size).toBe(names.length);
  });
});
