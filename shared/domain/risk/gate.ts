import type { Approved, ApprovedRepeg, OrderIntent, Repeg } from '../order.ts';
import type { Check, CheckResult, GateView } from './check.ts';
import type { CheckName } from './checks.ts';
import { checks } from './checks.ts';

export interface NamedResult extends CheckResult {
  readonly check: CheckName;
}

/** The gate's answer with every check it asked. `approved` exists only if none failed and none was unknown. */
export type Verdict =
  | { readonly approved: Approved; readonly results: readonly NamedResult[] }
  | {
      readonly approved?: undefined;
      readonly refused: OrderIntent;
      readonly because: readonly NamedResult[];
      readonly results: readonly NamedResult[];
    };

const entries = Object.entries(checks) as readonly [CheckName, Check][];

/** Asks every check that concerns the order. The only place that makes an `Approved`. */
export function gate(view: GateView): Verdict {
  const exit = view.order.purpose === 'exit';
  const results = asked(view, ({ exits, repegs }) => repegs !== 'only' && (!exit || exits === true));
  const because = reasons(results);
  if (because.length > 0) return { refused: view.order, because, results };
  return { approved: view.order as Approved, results };
}

/** The gate's answer to a better price for an order it let through before. */
export interface RepegVerdict {
  readonly approved?: ApprovedRepeg;
  readonly because: readonly NamedResult[];
  readonly results: readonly NamedResult[];
}

/** Asks every check that concerns a re-peg; with `gate` the only place that approves. */
export function gateRepeg(view: GateView & { readonly repeg: Repeg }): RepegVerdict {
  const results = asked(view, ({ repegs }) => repegs !== undefined);
  const because = reasons(results);
  return { ...(because.length === 0 ? { approved: view.repeg as ApprovedRepeg } : {}), because, results };
}

function asked(view: GateView, concerns: (check: Check) => boolean): readonly NamedResult[] {
  return entries.filter(([, check]) => concerns(check)).map(([name, check]) => ({ check: name, ...check.judge(view) }));
}

function reasons(results: readonly NamedResult[]): readonly NamedResult[] {
  return results.filter(({ state }) => state === 'fail' || state === 'unknown');
}
