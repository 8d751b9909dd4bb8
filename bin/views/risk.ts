import type { ActionItem } from '../../shared/domain/health/action-items.ts';
import type { CheckState, RiskCheck } from '../../shared/domain/health/risk-check.ts';
import { ageText, valueText } from '../../shared/domain/words/amounts.ts';
import { sentence } from '../../shared/domain/words/plain-text.ts';
import { lastHealth } from '../../shared/jobs/last-health.ts';
import { linesText, tableText } from './table.ts';
import type { View, ViewIo } from './view.ts';
import { isoTime } from './view.ts';

const marks: Readonly<Record<CheckState, string>> = { healthy: '✓', warning: '!', critical: '✗', unknown: '?', 'not-applicable': '-' };

/** `pilot risk`: every check with its value and target; with `fix`, what would put them right. */
export async function riskView({ store, book, now }: ViewIo, fix: boolean): Promise<View> {
  const found = await lastHealth(store, book);
  if (found === undefined) {
    const text = `${book.toUpperCase()} · health unknown: not checked yet. Check it: pilot run health`;
    return { json: null, text: linesText([text]) };
  }
  const { health } = found;
  const open = found.items.filter(({ closed }) => closed === undefined);
  const { score, state, lines, seed, at, checks, why } = health;
  const sum = ['100', ...lines.map(({ points }) => `- ${-points}`)].join(' ');
  const total = score === undefined ? `unknown (${why ?? state})` : `${score}/100 = ${sum}`;
  return {
    json: {
      ...{ at: isoTime(at), score: score ?? null, state, seedScore: seed.score ?? null },
      checks: checks.map(checkJson),
      actions: open.map(({ severity, metric, finding, steps, due }) => ({ severity, metric, finding, steps, due })),
    },
    text: linesText([
      `${book.toUpperCase()} · Health ${total} · ${state} · checked ${ageText(now - at)} ago`,
      `  By seed 000's rule, which counts one fact under two names: ${seed.score === undefined ? 'unknown' : `${seed.score}/100`}`,
      '',
      ...(fix ? fixLines(open) : checkLines(checks)),
      ...(fix || open.length === 0 ? [] : ['', '  What would put it right: pilot risk --fix']),
    ]),
  };
}

function checkJson({ id, state, value, target, weight, detail, unit }: RiskCheck) {
  return { id, state, value: value ?? null, target: target ?? null, unit, weight, detail };
}

function checkLines(checks: readonly RiskCheck[]): readonly string[] {
  const rows = checks.map(({ state, label, value, target, unit, detail }) => [
    marks[state],
    label,
    value === undefined ? (state === 'unknown' ? 'unknown' : '-') : valueText(value, unit),
    target === undefined ? '-' : valueText(target, unit),
    detail,
  ]);
  return tableText(
    [{ title: '' }, { title: 'Check' }, { title: 'Value', right: true }, { title: 'Target', right: true }, { title: '' }],
    rows,
  );
}

function fixLines(items: readonly ActionItem[]): readonly string[] {
  if (items.length === 0) return ['  Nothing to do.'];
  return items.flatMap(({ severity, finding, due, steps }) => [
    `  ${severity.padEnd(8)}  ${sentence(finding)}  By ${due}`,
    ...steps.map((step) => `            - ${step}`),
  ]);
}
