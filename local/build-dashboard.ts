import { join } from 'node:path';
import { build } from 'esbuild';

const folder = join(import.meta.dirname, '..', 'dashboard');

/** Bundles the client's script and style from their sources; throws with esbuild's own words when they do not compile. */
export async function buildDashboard(): Promise<{ readonly script: string; readonly style: string }> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'client.ts'), join(folder, 'style.css')],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    outdir: folder,
    write: false,
    logLevel: 'silent',
  });
  const text = (name: string) => outputFiles.find(({ path }) => path.endsWith(name))?.text ?? '';
  return { script: text('client.js'), style: text('style.css') };
}
