import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { pilotApp } from '../../lib/pilot-app.ts';
import { configuredTimes } from '../../shared/system/configured-times.ts';

export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The resources of the synthesized app with these settings, over all its stacks. Nothing is bundled: code has no price. */
export function resourcesOf(settings: Readonly<Record<string, unknown>>): readonly Resource[] {
  const context = { '@aws-cdk/core:defaultCrossStackReferences': 'strong', ...settings, 'aws:cdk:bundling-stacks': [] };
  const app = new App({ context, analyticsReporting: false, builtinCloudFormationValidation: false });
  pilotApp(app, join(import.meta.dirname, '..', '..'), configuredTimes());
  const { stacks } = app.synth({ validateOnSynthesis: false, skipValidation: true });
  return stacks.flatMap(({ template }) =>
    Object.entries((template as Template).Resources).map(([id, { Type, Properties = {} }]) => ({ id, type: Type, properties: Properties })),
  );
}

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>>;
}

/** The logical id that a property refers to, by Ref or Fn::GetAtt; undefined when it is neither. */
export function referred(value: unknown): string | undefined {
  const { Ref, 'Fn::GetAtt': attribute } = (value ?? {}) as { readonly Ref?: string; readonly 'Fn::GetAtt'?: readonly string[] };
  return Ref ?? attribute?.[0];
}
