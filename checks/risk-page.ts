import type { Check } from '../shared/domain/risk/check.ts';
import { tableRow, withMadePart } from './made-part.ts';

/** docs/risk.md with its table of refusals as the gate's checks are now. Throws when the page has no such part. */
export function riskPage(page: string, checks: Readonly<Record<string, Check>>): string {
  const rows = Object.entries(checks).map(([name, { holds, fix, exits }]) => tableRow(name, holds, exits ? 'yes' : '', fix));
  const made = [tableRow('refusal', 'what must hold', 'exits too', 'what to do'), '|---|---|---|---|', ...rows].join('\n');
  return withMadePart(page, { page: 'docs/risk.md', madeFrom: 'the checks' }, made);
}
