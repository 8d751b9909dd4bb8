import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EcmaScriptModule, parseSync, type StaticExportEntry } from 'oxc-parser';

export const root = join(import.meta.dirname, '..');

/** One module named by another. `specifier` is undefined where it is computed and cannot be read. */
export interface Import {
  readonly specifier: string | undefined;
  readonly typeOnly: boolean;
}

/** What the house rules need to know of a TypeScript file. `path` is relative to the repository. */
export interface SourceFile {
  readonly path: string;
  readonly lines: number;
  readonly text: string;
  readonly imports: readonly Import[];
  /** Ambient things it touches, such as `process.env`, `Date.now`, `new Date()`. */
  readonly ambient: readonly string[];
  /** Names of the properties it reads, by a dot or by taking an object apart. */
  readonly reads: ReadonlySet<string>;
  /** Names of the properties it gives to the objects it makes. */
  readonly gives: ReadonlySet<string>;
  readonly defaultExport: boolean;
  /** Only hands on what other files export. */
  readonly barrel: boolean;
}

/** Made by programs, at the top; or made to be wrong, anywhere. */
const skipped = /^(node_modules|cdk\.out|coverage|reports|dist|\.(?!ci$).*)$|(^|\/)(node_modules|fixtures)$/;

/** Every file of the repository that people write, relative to it. */
export function repositoryFiles(folder = ''): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isFile()) return [path];
    return entry.isDirectory() && !skipped.test(path) ? repositoryFiles(path) : [];
  });
}

export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Reads one file's imports and ambient uses from its syntax tree. Throws when it does not parse. */
export function parseSource(path: string, text: string): SourceFile {
  const { program, module, errors } = parseSync(path, text);
  const [error] = errors;
  if (error) throw new Error(`${path}: does not parse: ${error.message}. Fix: run "npx tsc -p ."`);
  const nodes = [...walk(program)];
  return {
    path,
    text,
    lines: text.replace(/\n$/, '').split('\n').length,
    imports: [...staticImports(module), ...nodes.flatMap(inlineImports)],
    ambient: nodes.flatMap(ambientUses),
    reads: new Set(nodes.flatMap(propertyReads)),
    gives: new Set(nodes.flatMap((node) => (node.type === 'ObjectExpression' ? keysOf(node) : []))),
    defaultExport: module.staticExports.some(({ entries }) => entries.some(isDefault)),
    barrel: program.body.length > 0 && program.body.every(handsOn),
  };
}

function isDefault({ exportName }: StaticExportEntry): boolean {
  return exportName.kind === 'Default' || exportName.name === 'default';
}

function handsOn(statement: unknown): boolean {
  return isNode(statement) && statement.type.startsWith('Export') && isNode(statement.source);
}

function staticImports(module: EcmaScriptModule): readonly Import[] {
  const from = (entries: readonly { readonly isType: boolean }[], specifier: string): Import => ({
    specifier,
    typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
  });
  return [
    ...module.staticImports.map(({ entries, moduleRequest }) => from(entries, moduleRequest.value)),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap((entry) => (entry.moduleRequest ? [from([entry], entry.moduleRequest.value)] : [])),
    ),
  ];
}

/** Fields of a syntax node, read without trusting their types: trees hold nodes, lists, strings and nulls. */
type Node = Readonly<Record<string, unknown>> & { readonly type: string };

function inlineImports(node: Node): readonly Import[] {
  if (node.type === 'ImportExpression' || node.type === 'TSImportType') {
    return [{ specifier: literal(node.source), typeOnly: node.type === 'TSImportType' }];
  }
  if (node.type !== 'CallExpression' || nameOf(node.callee) !== 'require') return [];
  return [{ specifier: Array.isArray(node.arguments) ? literal(node.arguments[0]) : undefined, typeOnly: false }];
}

function ambientUses(node: Node): readonly string[] {
  if (node.type === 'NewExpression' && nameOf(node.callee) === 'Date' && isEmpty(node.arguments)) return ['new Date()'];
  if (node.type === 'CallExpression' && nameOf(node.callee) === 'Date') return ['Date()'];
  if (node.type === 'ImportDeclaration' && /^(node:)?process$/.test(literal(node.source) ?? '')) return ['process.env'];
  if (node.type === 'MemberExpression') return [`${nameOf(node.object)}.${nameOf(node.property)}`];
  if (node.type !== 'VariableDeclarator' || !isNode(node.id) || node.id.type !== 'ObjectPattern') return [];
  return keysOf(node.id).map((key) => `${nameOf(node.init)}.${key}`);
}

function propertyReads(node: Node): readonly string[] {
  if (node.type === 'MemberExpression') return [nameOf(node.property) ?? []].flat();
  return node.type === 'ObjectPattern' ? keysOf(node) : [];
}

function keysOf({ properties }: Node): readonly string[] {
  return Array.isArray(properties) ? properties.filter(isNode).flatMap(({ key }) => nameOf(key) ?? []) : [];
}

/** The last name of an expression: `env` of `process.env` and of `process['env']`. */
function nameOf(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value.type === 'MemberExpression') return nameOf(value.property);
  if (value.type === 'ParenthesizedExpression' || value.type === 'ChainExpression') return nameOf(value.expression);
  return typeof value.name === 'string' ? value.name : literal(value);
}

function literal(value: unknown): string | undefined {
  return isNode(value) && value.type === 'Literal' && typeof value.value === 'string' ? value.value : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function* walk(value: unknown): Generator<Node> {
  if (Array.isArray(value)) {
    for (const item of value) yield* walk(item);
  } else if (isNode(value)) {
    yield value;
    for (const child of Object.values(value)) yield* walk(child);
  }
}
