import { matchesWildcard } from './wildcard.ts';

type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
type Context = Readonly<Record<string, readonly string[]>>;
type Compare = (wanted: string, actual: string) => boolean;

const equal: Compare = (wanted, actual) => wanted === actual;
const alike: Compare = (wanted, actual) => matchesWildcard(wanted, actual);

const operators: Readonly<Record<string, { readonly compare: Compare; readonly negated: boolean }>> = {
  StringEquals: { compare: equal, negated: false },
  StringNotEquals: { compare: equal, negated: true },
  StringLike: { compare: alike, negated: false },
  StringNotLike: { compare: alike, negated: true },
  ArnEquals: { compare: alike, negated: false },
  ArnLike: { compare: alike, negated: false },
  ArnNotEquals: { compare: alike, negated: true },
  ArnNotLike: { compare: alike, negated: true },
  Bool: { compare: (wanted, actual) => wanted.toLowerCase() === actual.toLowerCase(), negated: false },
};

/**
 * Every operator and every key must hold; of the values of one key, one suffices.
 * Source: AWS IAM User Guide, "Conditions with multiple context keys or values" and "Set operators for multivalued context keys".
 */
export function conditionsHold(conditions: Conditions, context: Context): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, wanted, valuesOf(context, key))),
  );
}

function holds(written: string, wanted: readonly string[], actual: readonly string[] | undefined): boolean {
  const [, set, name = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(written) ?? [];
  const operator = operators[name];
  if (operator === undefined) {
    throw new Error(
      `condition ${written}: not an operator this check knows. Fix: use ${Object.keys(operators).join(', ')}, or add it to local/cloud/iam/conditions.ts`,
    );
  }
  const one = (value: string): boolean => wanted.some((pattern) => operator.compare(pattern, value)) !== operator.negated;
  if (actual === undefined || actual.length === 0)
    return set === 'ForAllValues' || ifExists !== undefined || (set === undefined && operator.negated);
  return set === 'ForAllValues' || (set === undefined && operator.negated) ? actual.every(one) : actual.some(one);
}

/** Names of condition keys are not case-sensitive. */
function valuesOf(context: Context, key: string): readonly string[] | undefined {
  return Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}
