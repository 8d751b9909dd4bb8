import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BundlingOptions, LogLevel, OutputFormat, SourceMapMode } from 'aws-cdk-lib/aws-lambda-nodejs';
import { type FunctionName, type FunctionSpec, functions } from '../shared/system/map.ts';

/** Heavy packages that a run may not need: a file of their own beside the bundle, where the map says they are used. */
const lazyPackages: Readonly<Record<string, (spec: FunctionSpec) => boolean>> = {
  openai: ({ secrets }) => secrets.includes('xai'),
  '@aws-sdk/client-s3': ({ recordings }) => recordings.length > 0,
};

/** In Lambda a role's keys come by the environment; the SDK's chain of other ways is a third of a bundle. */
const credentials = fileURLToPath(import.meta.resolve('../shared/system/config/aws-credentials.ts'));
const alias = `--alias:@aws-sdk/credential-provider-node=${credentials}`;

/** Small and quick to start: ES modules in, one minified CommonJS file out, the SDK in it. The source map stays here. */
export function bundlingOf(name: FunctionName): BundlingOptions {
  const used = Object.keys(lazyPackages).filter((lazy) => lazyPackages[lazy]?.(functions[name]));
  return {
    format: OutputFormat.CJS,
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    externalModules: Object.keys(lazyPackages),
    esbuildArgs: { '--alias:@aws-sdk/credential-provider-node': credentials },
    sourceMap: true,
    sourceMapMode: SourceMapMode.EXTERNAL,
    sourcesContent: false,
    logLevel: LogLevel.ERROR,
    commandHooks: {
      beforeBundling: () => [],
      beforeInstall: () => [],
      afterBundling: (root, output) => [
        ...used.map((lazy) => bundlePackage(lazy, root, output)),
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
  const flags = '--bundle --minify --platform=node --target=node24 --format=cjs --main-fields=module,main --log-level=error';
  const folder = join(output, 'node_modules', name);
  return `cd "${root}" && node_modules/.bin/esbuild ${name} ${flags} "${alias}" --outfile="${folder}/index.js" && echo '{"main":"index.js"}' > "${folder}/package.json"`;
}
