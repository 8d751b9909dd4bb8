import { type Assembly, type Resource, resourcesOf } from '../template/assembly.ts';
import { localName } from '../template/local-names.ts';
import type { Resolve } from '../template/resolver.ts';
import { type Policy, parsePolicy } from './policy.ts';

/** AWS's own policies that the app attaches by name. */
const managed: Readonly<Record<string, Policy>> = {
  'service-role/AWSLambdaBasicExecutionRole': {
    Statement: [{ Effect: 'Allow', Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], Resource: ['*'] }],
  },
};

/**
 * What a role of the app may do: its own policies and those attached to it. Undefined for a name that is no role of the
 * app. Throws when a policy holds something this check cannot read.
 */
export function rolePolicies(assembly: Assembly, resolve: Resolve): (role: string) => readonly Policy[] | undefined {
  const nameOf = (role: Resource): string => localName(role, (value) => resolve(role.stack, value));
  const roles = new Map(resourcesOf(assembly, 'AWS::IAM::Role').map((role) => [nameOf(role), role]));
  const attachable = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) => resourcesOf(assembly, type));
  const known = new Map<string, readonly Policy[]>();
  return (name) => {
    const role = roles.get(name);
    if (role === undefined) return undefined;
    const policies = known.get(name) ?? [...ownPolicies(name, role, resolve), ...attachedPolicies(name, attachable, resolve)];
    known.set(name, policies);
    return policies;
  };
}

function ownPolicies(name: string, role: Resource, resolve: Resolve): readonly Policy[] {
  const own = resolve(role.stack, role.properties) as {
    readonly Policies?: readonly { readonly PolicyName: string; readonly PolicyDocument: unknown }[];
    readonly ManagedPolicyArns?: readonly string[];
  };
  const inline = (own.Policies ?? []).map((policy) => parsePolicy(`${name}/${policy.PolicyName}`, policy.PolicyDocument));
  return [...inline, ...(own.ManagedPolicyArns ?? []).map((policy) => managedPolicy(name, policy))];
}

function attachedPolicies(role: string, attachable: readonly Resource[], resolve: Resolve): readonly Policy[] {
  return attachable
    .filter(({ stack, properties }) => (resolve(stack, properties.Roles ?? []) as readonly string[]).includes(role))
    .map(({ stack, logicalId, properties }) => parsePolicy(logicalId, resolve(stack, properties.PolicyDocument)));
}

function managedPolicy(role: string, policyArn: string): Policy {
  const found = managed[policyArn.split(':policy/')[1] ?? ''];
  if (found !== undefined) return found;
  throw new Error(
    `role ${role}: ${policyArn} is not known here. Fix: grant what is needed in the stack, or add the policy to local/cloud/iam/role-policies.ts`,
  );
}
