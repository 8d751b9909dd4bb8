import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { bundle, definesOf } from '../../lib/bundle.ts';
import type { FunctionName, Mode } from '../../shared/system/map.ts';

const root = join(import.meta.dirname, '..', '..');

export interface Bundle {
  readonly name: FunctionName;
  readonly code: string;
  readonly metafile: Metafile;
}

/** The file that the stack would deploy, made by the same options in this process. Throws where the source does not hold together. */
export async function makeBundle(name: FunctionName, mode: Mode): Promise<Bundle> {
  const { target, mainFields, external, alias } = bundle;
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [`functions/${name}.ts`],
    ...{ bundle: true, minify: true, platform: 'node', format: 'cjs', metafile: true, write: false, logLevel: 'silent' },
    ...{ target, alias, mainFields: [...mainFields], external: [...external], define: { ...definesOf(mode) } },
  });
  return { name, code: outputFiles[0]?.text ?? '', metafile };
}
