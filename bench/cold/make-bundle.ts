import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { bundle, definesOf } from '../../lib/bundle.ts';
import type { FunctionName, Mode } from '../../shared/system/map.ts';

export interface Bundle {
  readonly name: FunctionName;
  readonly code: string;
}

/** The file that the stack would deploy, made by the same options in this process. Throws where the source does not hold together. */
export async function makeBundle(name: FunctionName, mode: Mode): Promise<Bundle> {
  const options = { external: [...bundle.external], define: { ...definesOf(mode) }, alias: bundle.ownAlias };
  return { name, code: await minified(`functions/${name}.ts`, options) };
}

/** A package that lies beside a bundle, as the stack would deploy it. */
export function makePackage(name: string): Promise<string> {
  return minified(name, {});
}

async function minified(entry: string, options: BuildOptions): Promise<string> {
  const { target, mainFields, alias } = bundle;
  const { outputFiles } = await build({
    absWorkingDir: join(import.meta.dirname, '..', '..'),
    entryPoints: [entry],
    ...{ bundle: true, minify: true, platform: 'node', format: 'cjs', write: false, logLevel: 'silent' },
    ...{ target, alias, mainFields: [...mainFields], ...options },
  });
  return outputFiles?.[0]?.text ?? '';
}
