import { fileURLToPath } from 'node:url';
import { type FunctionName, type FunctionSpec, functions, type Mode } from '../shared/system/map.ts';

/** Heavy packages that a run may not need: a file of their own beside the bundle, where the map says they are used. */
const lazyPackages: Readonly<Record<string, (spec: FunctionSpec) => boolean>> = {
  openai: ({ secrets }) => secrets.includes('xai'),
  '@aws-sdk/client-lambda': ({ invokes }) => invokes.length > 0,
  '@aws-sdk/client-s3': ({ recordings }) => recordings.length > 0,
  '@aws-sdk/client-secrets-manager': ({ secrets }) => secrets.length > 0,
  '@aws-sdk/client-sns': ({ alerts }) => alerts,
};

/** The packages that lie beside a function's bundle, each a file of its own. */
export function packagesBeside(name: FunctionName): readonly string[] {
  return Object.keys(lazyPackages).filter((lazy) => lazyPackages[lazy]?.(functions[name]));
}

/** Parts of the SDK that a function in Lambda never reaches, and what stands for them: a third of a bundle. */
const alias: Readonly<Record<string, string>> = {
  '@aws-sdk/credential-provider-node': fileURLToPath(import.meta.resolve('../shared/system/config/aws-credentials.ts')),
  '@aws-sdk/middleware-endpoint-discovery': fileURLToPath(import.meta.resolve('../shared/system/config/aws-endpoint-discovery.ts')),
  '@aws/lambda-invoke-store': fileURLToPath(import.meta.resolve('../shared/system/config/aws-invocation.ts')),
};

/** How every bundle is made, in esbuild's words: ES modules in, one minified CommonJS file out, the SDK in it. */
export const bundle = {
  target: 'node24',
  mainFields: ['module', 'main'],
  // Event streams are loaded by the SDK only for calls that answer with one; no function makes such a call.
  external: [...Object.keys(lazyPackages), '@smithy/core/event-streams'],
  alias,
  /** For a function's own file alone: what lies beside it needs more of the SDK's checksums. */
  ownAlias: { ...alias, '@smithy/core/checksum': fileURLToPath(import.meta.resolve('../shared/system/config/aws-checksum.ts')) },
} as const;

/** What is decided when a bundle is made: on paper, what can reach an order endpoint is left out of it. */
export function definesOf(mode: Mode): Readonly<Record<string, string>> {
  return { PILOT_PAPER_BUILD: String(mode === 'paper') };
}
