import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { refusalWords } from '../../../shared/system/config/refusal-words.ts';

const properties = z.record(z.string(), z.unknown());

const resourceShape = z.object({ Type: z.string(), Properties: z._default(properties, {}) });

const templateShape = z.object({
  Resources: z._default(z.record(z.string(), resourceShape), {}),
  Outputs: z._default(z.record(z.string(), z.object({ Value: z.unknown(), Export: z.optional(z.object({ Name: z.unknown() })) })), {}),
  Parameters: z._default(z.record(z.string(), z.object({ Default: z.optional(z.unknown()) })), {}),
});

const manifestShape = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      properties: z._default(
        z.object({ templateFile: z.optional(z.string()), stackName: z.optional(z.string()), file: z.optional(z.string()) }),
        {},
      ),
    }),
  ),
});

const assetsShape = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.optional(z.string()) }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

export type Template = z.output<typeof templateShape>;

/** One resource of one stack; properties still hold their references. */
export interface Resource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What `cdk synth` wrote: every stack's template, and where the files it would upload are. */
export interface Assembly {
  readonly folder: string;
  readonly stacks: ReadonlyMap<string, Template>;
  readonly resources: readonly Resource[];
  /** Absolute folder or file by the key it would have in the assets bucket. */
  readonly assets: ReadonlyMap<string, string>;
}

/** Reads a synthesized app. Throws naming the file and the fix. */
export function readAssembly(folder: string): Assembly {
  const manifest = readShape(join(folder, 'manifest.json'), manifestShape);
  const stacks = new Map<string, Template>();
  const assets = new Map<string, string>();
  for (const [id, { type, properties: facts }] of Object.entries(manifest.artifacts)) {
    if (type === 'aws:cloudformation:stack' && facts.templateFile !== undefined) {
      stacks.set(facts.stackName ?? id, readShape(join(folder, facts.templateFile), templateShape));
    } else if (type === 'cdk:asset-manifest' && facts.file !== undefined) {
      for (const { source, destinations } of Object.values(readShape(join(folder, facts.file), assetsShape).files)) {
        for (const { objectKey } of Object.values(destinations))
          if (source.path !== undefined) assets.set(objectKey, join(folder, source.path));
      }
    }
  }
  const resources = [...stacks].flatMap(([stack, template]) =>
    Object.entries(template.Resources).map(([logicalId, found]) => ({ stack, logicalId, type: found.Type, properties: found.Properties })),
  );
  return { folder, stacks, resources, assets };
}

export function resourcesOf(assembly: Assembly, type: string): readonly Resource[] {
  return assembly.resources.filter((resource) => resource.type === type);
}

function readShape<T>(file: string, shape: z.ZodMiniType<T>): T {
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    const said = cause instanceof z.core.$ZodError ? refusalWords(cause) : String(cause);
    throw new Error(`${file}: ${said}. Fix: write the app again with npm run synth`, { cause });
  }
}
