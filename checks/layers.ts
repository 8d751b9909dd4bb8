import { posix } from 'node:path';
import type { Import, SourceFile } from './sources.ts';

/** What the files of a folder may import, besides their own layer. */
interface Layer {
  readonly sees: readonly string[];
  /** Packages and Node modules by name (`node:` stands for all of Node), or any. */
  readonly packages: readonly string[] | 'any';
  /** May import from names worked out at run time, which no rule can follow. */
  readonly computed?: true;
}

const core = ['shared/domain', 'shared/ports', 'shared/jobs'] as const;
const system = ['shared/api', 'shared/system', 'shared/system/config', 'shared/system/map'] as const;
const outside = ['shared/adapters', 'local', 'functions', 'dashboard', 'lib'] as const;
const everything = [...core, ...system, ...outside];

/** Who may import whom. The longest folder that holds a file is its layer; each folder below adapters is a layer of its own. */
export const layers: Readonly<Record<string, Layer>> = {
  'shared/domain': { sees: [], packages: [] },
  'shared/ports': { sees: ['shared/domain'], packages: [] },
  'shared/jobs': { sees: ['shared/domain', 'shared/ports'], packages: [] },
  'shared/adapters': { sees: ['shared/domain', 'shared/ports'], packages: 'any' },
  'shared/api': { sees: [...core, 'shared/system/map', 'dashboard'], packages: 'any' },
  'shared/system/map': { sees: [], packages: [] },
  'shared/system/config': { sees: ['shared/domain', 'shared/system/map'], packages: ['zod', 'node:'] },
  // The root is pilot.config.ts: what the user wrote is part of what is deployed.
  'shared/system': { sees: [...core, ...system, 'shared/adapters', 'dashboard', ''], packages: 'any' },
  functions: { sees: [...core, ...system], packages: [] },
  lib: { sees: ['shared/system/map'], packages: ['aws-cdk-lib', 'constructs', 'cdk-nag', 'node:'] },
  dashboard: { sees: ['shared/api/contract'], packages: ['hono', 'chart.js'] },
  local: { sees: everything, packages: 'any', computed: true },
  bin: { sees: everything, packages: 'any', computed: true },
  bench: { sees: everything, packages: 'any', computed: true },
  study: { sees: [...everything, 'bench'], packages: 'any', computed: true },
  checks: { sees: [...everything, 'bin', 'bench', 'study'], packages: 'any', computed: true },
  tests: { sees: [...everything, 'bin', 'bench', 'study', 'checks'], packages: 'any', computed: true },
  '': { sees: ['checks', 'lib', 'shared/system/map', 'shared/system/config'], packages: 'any' },
};

/** Each import that crosses a border it must not, as a sentence; and each file that lies in no layer. */
export function layerViolations(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => {
    const layer = layerOf(file.path);
    if (layer === undefined) return [`${file.path}: lies in no layer. Fix: move it, or name its folder in checks/layers.ts`];
    return file.imports.flatMap((imported) => refusal(file.path, layer, imported) ?? []);
  });
}

function refusal(path: string, layer: string, { specifier, typeOnly }: Import): string | undefined {
  const { sees, packages, computed } = layers[folderOf(layer)] ?? { sees: [], packages: [] };
  if (specifier === undefined) {
    return computed ? undefined : `${path}: imports a name worked out at run time. Fix: name the file`;
  }
  if (!specifier.startsWith('.')) {
    const known = packages === 'any' || packages.some((name) => isPackage(specifier, name));
    return known ? undefined : `${path}: imports ${specifier}, which ${layer} must not. Fix: put a port or a value between`;
  }
  const target = posix.join(posix.dirname(path), specifier);
  const targetLayer = layerOf(target);
  if (targetLayer === layer) return undefined;
  if (layer === 'dashboard' && target.startsWith('shared/api/contract') && typeOnly) return undefined;
  if (targetLayer !== undefined && layer !== 'dashboard' && sees.includes(folderOf(targetLayer))) return undefined;
  const seen = sees.length > 0 ? sees.join(', ') : 'nothing but itself';
  return `${path}: imports ${target}; ${layer || 'the root'} sees ${seen}. Fix: move what is shared inwards, or hand it in`;
}

function isPackage(specifier: string, name: string): boolean {
  return specifier === name || specifier.startsWith(name.endsWith(':') ? name : `${name}/`);
}

/** The layer that holds a path: the longest folder named in `layers`, and below adapters the adapter's own. */
function layerOf(path: string): string | undefined {
  const adapter = /^shared\/adapters\/[^/]+/.exec(path);
  if (adapter) return adapter[0];
  if (!path.includes('/')) return '';
  const holding = Object.keys(layers).filter((name) => name !== '' && (path.startsWith(`${name}/`) || path === `${name}.ts`));
  return holding.toSorted((a, b) => b.length - a.length)[0];
}

function folderOf(layer: string): string {
  return layer.startsWith('shared/adapters/') ? 'shared/adapters' : layer;
}
