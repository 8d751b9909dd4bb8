import { conditionsHold } from './conditions.ts';
import type { Permission } from './permission.ts';
import type { Policy, Statement } from './policy.ts';
import { matchesWildcard } from './wildcard.ts';

/**
 * IAM's rule for identity policies: one matching Deny refuses, else one matching Allow permits, else it is refused.
 * Source: AWS IAM User Guide, "Policy evaluation logic".
 */
export function allows(policies: readonly Policy[], permission: Permission): boolean {
  const matching = policies.flatMap((policy) => policy.Statement).filter((statement) => applies(statement, permission));
  if (matching.some((statement) => statement.Effect === 'Deny')) return false;
  return matching.some((statement) => statement.Effect === 'Allow');
}

function applies(statement: Statement, permission: Permission): boolean {
  return (
    actionMatches(statement, permission.action) &&
    resourceMatches(statement, permission.resource) &&
    conditionsHold(statement.Condition ?? {}, permission.context ?? {})
  );
}

/** Actions are compared without regard to case, resources with. */
function actionMatches({ Action, NotAction }: Statement, action: string): boolean {
  const named = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => matchesWildcard(pattern.toLowerCase(), action.toLowerCase()));
  return Action !== undefined ? named(Action) : NotAction !== undefined && !named(NotAction);
}

function resourceMatches({ Resource, NotResource }: Statement, resource: string): boolean {
  const named = (patterns: readonly string[]): boolean => patterns.some((pattern) => matchesWildcard(pattern, resource));
  return Resource !== undefined ? named(Resource) : NotResource !== undefined && !named(NotResource);
}
