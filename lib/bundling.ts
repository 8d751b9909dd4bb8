import { join } from 'node:path';
import { type BundlingOptions, LogLevel, OutputFormat, SourceMapMode } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { FunctionName, Mode } from '../shared/system/map.ts';
import { bundle, definesOf, packagesBeside } from './bundle.ts';

const besideAliases = aliasFlags(bundle.alias);
const ownAliases = aliasFlags(bundle.ownAlias);

/** Small and quick to start, as lib/bundle.ts has it. The source map stays here. */
export function bundlingOf(name: FunctionName, mode: Mode): BundlingOptions {
  return {
    format: OutputFormat.CJS,
    target: bundle.target,
    mainFields: [...bundle.mainFields],
    minify: true,
    externalModules: [...bundle.external],
    define: { ...definesOf(mode) },
    esbuildArgs: Object.fromEntries(ownAliases),
    sourceMap: true,
    sourceMapMode: SourceMapMode.EXTERNAL,
    sourcesContent: false,
    logLevel: LogLevel.ERROR,
    commandHooks: {
      beforeBundling: () => [],
      beforeInstall: () => [],
      afterBundling: (root, output) => [
        ...packagesBeside(name).map((lazy) => bundlePackage(lazy, root, output)),
        ...(name === 'api' ? [`cd "${root}" && node local/write-dashboard.ts "${output}"`] : []),
        // The folder lies inside a project of ES modules when it is run from here.
        `echo '{"type":"commonjs"}' > "${output}/package.json"`,
        `mkdir -p "${root}/cdk.out/source-maps"`,
        `mv "${output}/index.js.map" "${root}/cdk.out/source-maps/${name}.js.map"`,
      ],
    },
  };
}

/** The same flags as the bundle's own. */
function bundlePackage(name: string, root: string, output: string): string {
  const flags = `--bundle --minify --platform=node --target=${bundle.target} --format=cjs --main-fields=${bundle.mainFields.join(',')} --log-level=error`;
  const stands = besideAliases.map(([flag, file]) => `"${flag}=${file}"`).join(' ');
  const folder = join(output, 'node_modules', name);
  return `cd "${root}" && node_modules/.bin/esbuild ${name} ${flags} ${stands} --outfile="${folder}/index.js" && echo '{"main":"index.js"}' > "${folder}/package.json"`;
}

function aliasFlags(alias: Readonly<Record<string, string>>): readonly (readonly [flag: string, file: string])[] {
  return Object.entries(alias).map(([name, file]) => [`--alias:${name}`, file]);
}
