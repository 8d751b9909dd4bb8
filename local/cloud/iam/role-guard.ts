import { arn } from '../arn.ts';
import { allows } from './allows.ts';
import type { Permission } from './permission.ts';
import type { Policy } from './policy.ts';

/** Undefined when the call may go on, else why not. */
export type Authorize = (principal: string, needs: readonly Permission[]) => string | undefined;

/**
 * Holds each role to its policies. Callers that are no role of the app (a person at the command line) pass. A call that
 * needs several permissions needs every one.
 */
export function roleGuard(policiesOf: (role: string) => readonly Policy[] | undefined): Authorize {
  return (principal, needs) => {
    const policies = policiesOf(principal);
    const missing = policies && needs.find((permission) => !allows(policies, permission));
    return missing && denial(principal, missing);
  };
}

function denial(principal: string, { action, resource, context }: Permission): string {
  const where = context === undefined ? '' : ` with ${JSON.stringify(context)}`;
  return `${arn.role(principal)} is not authorized to perform: ${action} on resource: ${resource}${where}`;
}
