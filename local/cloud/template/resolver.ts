import { localAccount, localRegion } from '../arn.ts';
import type { Assembly, Resource } from './assembly.ts';
import { localAttribute, localRef } from './local-names.ts';

/** Turns a value of a template into what it would be after a deploy, with local names. */
export type Resolve = (stack: string, value: unknown) => unknown;

/** Local answers the template cannot give: the address of the dashboard, say. `attribute` is undefined for `Ref`. */
export type Override = (resource: Resource, attribute: string | undefined) => string | undefined;

/** Where a value is read: its stack, and everything it may refer to. */
interface Place {
  readonly assembly: Assembly;
  readonly endpoint: string;
  readonly override: Override;
  readonly stack: string;
}

type Intrinsic = (place: Place, argument: unknown) => unknown;

/** `AWS::NoValue` takes the property away. */
const absent = Symbol('AWS::NoValue');

/**
 * Ref, GetAtt, Join, Sub, Select, Split, ImportValue and GetStackOutput across the stacks of one app. Throws on anything
 * else, naming it: a guess here would test another system than the deployed one.
 */
export function resolver(assembly: Assembly, endpoint: string, override: Override = () => undefined): Resolve {
  return (stack, value) => resolved({ assembly, endpoint, override, stack }, value);
}

function resolved(place: Place, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => resolved(place, item)).filter((item) => item !== absent);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined && (first[0] === 'Ref' || first[0].startsWith('Fn::'))) {
    const intrinsic = intrinsics[first[0]];
    if (intrinsic !== undefined) return intrinsic(place, first[1]);
    throw new Error(`${place.stack}: ${first[0]} is not resolved locally. Fix: add it to local/cloud/template/resolver.ts`);
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, resolved(place, item)] as const).filter(([, item]) => item !== absent));
}

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (place, id) => reference(place, String(id)),
  'Fn::GetAtt': (place, path) => attribute(place, typeof path === 'string' ? path.split('.') : (path as readonly string[])),
  'Fn::Sub': substitute,
  'Fn::ImportValue': (place, name) => imported(place, String(resolved(place, name))),
  'Fn::GetStackOutput': output,
  'Fn::Join': (place, argument) => {
    const [separator, parts] = resolved(place, argument) as [string, readonly unknown[]];
    return parts.map(String).join(separator);
  },
  'Fn::Split': (place, argument) => {
    const [separator, text] = resolved(place, argument) as [string, string];
    return text.split(separator);
  },
  'Fn::Select': (place, argument) => {
    const [index, items] = resolved(place, argument) as [number | string, readonly unknown[]];
    return items[Number(index)];
  },
};

const pseudoParameters: Readonly<Record<string, unknown>> = {
  'AWS::Region': localRegion,
  'AWS::AccountId': localAccount,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::NoValue': absent,
};

function reference(place: Place, id: string): unknown {
  if (id === 'AWS::StackName') return place.stack;
  if (id in pseudoParameters) return pseudoParameters[id];
  const parameter = place.assembly.stacks.get(place.stack)?.Parameters[id];
  if (parameter !== undefined) return parameter.Default;
  const resource = named(place, id);
  if (resource === undefined) throw new Error(`${place.stack}: Ref ${id} names nothing in the template. Fix: npm run synth`);
  return place.override(resource, undefined) ?? localRef(resource, place.endpoint, (value) => resolved(place, value));
}

function attribute(place: Place, [id = '', ...path]: readonly string[]): string {
  const wanted = path.join('.');
  const resource = named(place, id);
  const found = resource && (place.override(resource, wanted) ?? localAttribute(resource, wanted, (value) => resolved(place, value)));
  if (found !== undefined) return found;
  throw new Error(`${place.stack}: ${id}.${wanted} (${resource?.type ?? 'no such resource'}) has no local value. Fix: give one in resolve`);
}

function named({ assembly, stack }: Place, logicalId: string): Resource | undefined {
  return assembly.resources.find((resource) => resource.stack === stack && resource.logicalId === logicalId);
}

function imported(place: Place, name: string): unknown {
  for (const [stack, { Outputs }] of place.assembly.stacks) {
    const there = { ...place, stack };
    const found = Object.values(Outputs).find(({ Export }) => Export && resolved(there, Export.Name) === name);
    if (found) return resolved(there, found.Value);
  }
  throw new Error(`Fn::ImportValue ${name}: no stack exports it. Fix: npm run synth`);
}

function output(place: Place, argument: unknown): unknown {
  const { StackName, OutputName } = resolved(place, argument) as { readonly StackName: string; readonly OutputName: string };
  const found = place.assembly.stacks.get(StackName)?.Outputs[OutputName];
  if (found === undefined) throw new Error(`Fn::GetStackOutput ${StackName}.${OutputName}: no such output. Fix: npm run synth`);
  return resolved({ ...place, stack: StackName }, found.Value);
}

function substitute(place: Place, argument: unknown): string {
  const [text, variables] = Array.isArray(argument) ? (argument as [string, Record<string, unknown>]) : [String(argument), {}];
  return text.replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal !== '') return `\${${name}}`;
    if (name in variables) return String(resolved(place, variables[name]));
    return String(name.includes('.') ? attribute(place, name.split('.')) : reference(place, name));
  });
}
