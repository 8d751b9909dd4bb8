import { describe, expect, it } from 'vitest';
import { parseSource } from '../../checks/sources.ts';

const importsOf = (text: string) => parseSource('a.ts', text).imports;
const ambientOf = (text: string) => parseSource('a.ts', text).ambient;

describe('reading a source file', () => {
  it.each([
    ["import './a.ts'", './a.ts', false],
    ["import { b } from './a.ts'", './a.ts', false],
    ["import b, * as c from\n\n  './a.ts'", './a.ts', false],
    ["import type { B } from './a.ts'", './a.ts', true],
    ["import { type B } from './a.ts'", './a.ts', true],
    ["import { type B, c } from './a.ts'", './a.ts', false],
    ["export * from './a.ts'", './a.ts', false],
    ["export * as b from './a.ts'", './a.ts', false],
    ["export { b } from './a.ts'", './a.ts', false],
    ["export type { B } from './a.ts'", './a.ts', true],
    ["const b = await import('./a.ts')", './a.ts', false],
    ["let b: import('./a.ts').B", './a.ts', true],
    ["const b = require('./a.ts')", './a.ts', false],
    ["import b from './a.json' with { type: 'json' }", './a.json', false],
    ['const b = await import(name)', undefined, false],
  ])('sees what %s imports', (text, specifier, typeOnly) => expect(importsOf(text)).toEqual([{ specifier, typeOnly }]));

  it.each([
    "// import { b } from './a.ts'",
    "/* export * from './a.ts' */",
    'const b = "import { c } from \'./a.ts\'"',
    "const b = `import('./a.ts')`",
    "const b = { import: 1, from: './a.ts' }",
  ])('is not fooled by %s', (text) => expect(importsOf(text)).toEqual([]));

  it.each([
    ['process.env.HOME', 'process.env'],
    ["process['env'].HOME", 'process.env'],
    ['process?.env', 'process.env'],
    ['globalThis.process.env', 'process.env'],
    ['const { env } = process', 'process.env'],
    ["import { env } from 'node:process'", 'process.env'],
    ['const now = Date.now', 'Date.now'],
    ['const { now } = Date', 'Date.now'],
    ['new Date', 'new Date()'],
    ['new Date()', 'new Date()'],
    ['Date()', 'Date()'],
    ['Math.random()', 'Math.random'],
  ])('sees %s', (text, use) => expect(ambientOf(text)).toContain(use));

  it('lets a date be made of a value', () => expect(ambientOf('new Date(at)')).toEqual([]));

  it('tells a barrel from a file that says something', () => {
    expect(parseSource('a.ts', "export * from './b.ts'; export { c } from './c.ts'").barrel).toBe(true);
    expect(parseSource('a.ts', "export * from './b.ts'; export const c = 1").barrel).toBe(false);
    expect(parseSource('a.ts', 'export interface A { readonly b: string }').barrel).toBe(false);
  });

  it('counts lines as an editor does', () => {
    expect(parseSource('a.ts', 'const a = 1;\nconst b = a;\n').lines).toBe(2);
  });

  it('finds default exports, named ones apart', () => {
    expect(parseSource('a.ts', 'export default 1').defaultExport).toBe(true);
    expect(parseSource('a.ts', 'const a = 1; export { a as default }').defaultExport).toBe(true);
    expect(parseSource('a.ts', 'export const a = 1').defaultExport).toBe(false);
  });

  it('refuses what does not parse', () => expect(() => parseSource('a.ts', 'const = 1')).toThrow('a.ts: does not parse'));
});
