import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Expression, type ObjectExpression, parseSync } from 'oxc-parser';
import { writeSafely } from '../shared/adapters/files/write-safely.ts';
import { makeConfig } from '../shared/system/config/config.ts';
import { Exit } from './exit.ts';
import { CONFIG_FILE, readConfigFile } from './options.ts';

/**
 * Writes settings into pilot.config.ts of the folder it runs in; everything else in it, comments too, stays as it is.
 * The whole is checked first. Throws ConfigError for a setting that cannot be, Exit when the file is written otherwise.
 */
export async function saveSettings(values: Readonly<Record<string, unknown>>): Promise<void> {
  const sets = Object.entries(values).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  makeConfig({ file: await readConfigFile(), sets });
  const path = resolve(CONFIG_FILE);
  const source = existsSync(path) ? readFileSync(path, 'utf8') : 'export const config = {};\n';
  await writeSafely(
    path,
    Object.entries(values).reduce((text, [key, value]) => withSetting(text, key, value), source),
  );
}

/** The same source with one setting changed or added. Only the range of that value is touched. */
export function withSetting(source: string, key: string, value: unknown): string {
  const path = key.split('.');
  let object = configObject(source);
  for (const [at, part] of path.entries()) {
    const found = propertyOf(object, part);
    if (!found) return inserted(source, object, part, valueAt(path.slice(at + 1), value));
    if (at === path.length - 1) return source.slice(0, found.start) + literal(value) + source.slice(found.end);
    const inner = unwrapped(found);
    if (inner.type !== 'ObjectExpression') throw unreadable(`${path.slice(0, at + 1).join('.')} is no object`);
    object = inner;
  }
  return source;
}

function configObject(source: string): ObjectExpression {
  const { program, errors } = parseSync(CONFIG_FILE, source);
  if (errors[0]) throw unreadable(errors[0].message);
  for (const statement of program.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : null;
    if (declaration?.type !== 'VariableDeclaration') continue;
    const config = declaration.declarations.find(({ id }) => id.type === 'Identifier' && id.name === 'config')?.init;
    const object = config && unwrapped(config);
    if (object?.type === 'ObjectExpression') return object;
  }
  throw unreadable('config is not written as an object');
}

/** The value of a property that is written out; the last one wins, as in JavaScript. */
function propertyOf({ properties }: ObjectExpression, name: string): Expression | undefined {
  for (const property of properties.toReversed()) {
    if (property.type !== 'Property') throw unreadable(`it spreads another object where ${name} belongs`);
    const { key, computed, value } = property;
    const written = key.type === 'Identifier' && !computed ? key.name : key.type === 'Literal' ? String(key.value) : undefined;
    if (written === name) return value as Expression;
  }
  return undefined;
}

function unwrapped(expression: Expression): Expression {
  switch (expression.type) {
    case 'TSSatisfiesExpression':
    case 'TSAsExpression':
    case 'ParenthesizedExpression':
      return unwrapped(expression.expression);
    default:
      return expression;
  }
}

/** Added after the last property, on a line of its own where those are. */
function inserted(source: string, { start, end, properties }: ObjectExpression, name: string, value: unknown): string {
  const last = properties.at(-1);
  const written = `${name}: ${literal(value)}`;
  if (!last) return `${source.slice(0, start)}{ ${written} }${source.slice(end)}`;
  const lineStart = source.lastIndexOf('\n', last.start) + 1;
  const indent = source.slice(lineStart, last.start);
  const apart = lineStart > start && indent.trim() === '' ? `\n${indent}` : ' ';
  return `${source.slice(0, last.end)},${apart}${written}${source.slice(last.end)}`;
}

function valueAt(path: readonly string[], value: unknown): unknown {
  return path.reduceRight((inner, part) => ({ [part]: inner }), value);
}

function literal(value: unknown): string {
  if (typeof value === 'string') return `'${value.replaceAll(/['\\\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`))}'`;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${key}: ${literal(inner)}`)
    .join(', ')} }`;
}

function unreadable(why: string): Exit {
  return new Exit(1, `${CONFIG_FILE}: ${why}. Fix: write \`export const config = { … }\` with its settings in it, or change it by hand`);
}
