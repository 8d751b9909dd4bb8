import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { onTestFinished } from 'vitest';
import { pilotApp } from '../../lib/pilot-app.ts';
import { functionNames } from '../../shared/system/map.ts';

type Json = Readonly<Record<string, unknown>>;

export interface Resource {
  readonly Type: string;
  readonly Properties: Json;
  readonly DeletionPolicy?: string;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

export interface Synthesized {
  readonly stacks: ReadonlyMap<string, Template>;
  /** Resources of one type, over all stacks, by logical id. */
  readonly of: (type: string) => ReadonlyMap<string, Resource>;
}

type Times = Parameters<typeof pilotApp>[2];

const made = new Map<string, Synthesized>();

/** The app as `cdk synth` makes it, without bundling: templates say the same. The same app is made once for all who ask. */
export function synthesized(context: Json = {}, times: Times = {}): Synthesized {
  const asked = JSON.stringify([context, times]);
  const known = made.get(asked) ?? synthesize(context, times);
  made.set(asked, known);
  return known;
}

function synthesize(context: Json, times: Times): Synthesized {
  const scratch = mkdtempSync(join(tmpdir(), 'pilot-infra-'));
  try {
    const stacks = new Map(
      appIn(scratch, context, times)
        .synth()
        .stacks.map(({ stackName, template }) => [stackName, template as Template]),
    );
    const resources = [...stacks.values()].flatMap(({ Resources }) => Object.entries(Resources));
    return { stacks, of: (type) => new Map(resources.filter(([, { Type }]) => Type === type)) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The app before anything is made of it, for the test that asks. */
export function makeApp(context: Json = {}): App {
  const scratch = mkdtempSync(join(tmpdir(), 'pilot-infra-'));
  onTestFinished(() => rmSync(scratch, { recursive: true, force: true }));
  return appIn(scratch, context, {});
}

function appIn(scratch: string, context: Json, times: Times): App {
  const { context: flags } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { readonly context: Json };
  const app = new App({
    context: { ...flags, 'aws:cdk:bundling-stacks': [], ...context },
    outdir: mkdtempSync(join(scratch, 'cdk.out-')),
    analyticsReporting: false,
  });
  pilotApp(app, emptyHandlers(scratch), times);
  return app;
}

/** A file per function: the CDK wants an entry to exist even when it bundles nothing. */
function emptyHandlers(scratch: string): string {
  const root = mkdtempSync(join(scratch, 'root-'));
  mkdirSync(join(root, 'functions'));
  writeFileSync(join(root, 'package-lock.json'), '{}');
  for (const name of functionNames) writeFileSync(join(root, 'functions', `${name}.ts`), 'export const handler = () => {};\n');
  return root;
}

/** A value of the template as text, with `<AWS::Region>` for a pseudo parameter and `<Id.Arn>` for an attribute. */
export function plain(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.map(plain).join('');
  const [[kind, argument] = []] = Object.entries(value);
  if (kind === 'Ref') return `<${argument}>`;
  if (kind === 'Fn::GetAtt') return `<${(argument as readonly string[]).join('.')}>`;
  if (kind === 'Fn::Join') return plain((argument as readonly [string, unknown])[1]);
  if (kind === 'Fn::ImportValue') return `<import ${plain(argument)}>`;
  throw new Error(`The template says ${kind}, which this test cannot read. Fix: teach plain() about it`);
}

export interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: unknown;
}

/** What the roles of functions allow, by function name. */
export function rolesOf({ of }: Synthesized): ReadonlyMap<string, readonly Statement[]> {
  const roles = of('AWS::IAM::Role');
  return new Map(
    [...of('AWS::Lambda::Function').values()].map(({ Properties }) => {
      const role = roles.get(plain(Properties.Role).replace(/^<(.*)\.Arn>$/, '$1'));
      if (!role) throw new Error(`${plain(Properties.FunctionName)} has no role in the templates. Fix: give it its own`);
      return [plain(Properties.FunctionName), statements(role)];
    }),
  );
}

function statements({ Properties }: Resource): readonly Statement[] {
  const policies = Properties.Policies as readonly { readonly PolicyDocument: { readonly Statement: readonly Json[] } }[];
  const list = (value: unknown) => (Array.isArray(value) ? value : [value]).map(plain);
  return policies
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .map((each) => ({ effect: plain(each.Effect), actions: list(each.Action), resources: list(each.Resource), condition: each.Condition }));
}
