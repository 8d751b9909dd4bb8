import type { Approved, OrderIntent } from '../order.ts';
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
  const results = entries.filter(([, check]) => !exit || check.exits).map(([name, check]) => ({ check: name, ...check.judge(view) }));
  const because = results.filter(({ state }) => state === 'fail' || state === 'unknown');
  if (because.length > 0) return { refused: view.order, because, results };
  return { approved: view.order as Approved, results };
}
