import { html } from 'hono/html';
import type { PageData } from '../shared/api/contract/page.ts';
import type { Status } from '../shared/api/contract/status.ts';
import type { Html } from './html.ts';
import { empty, panel } from './panel.ts';

type Check = Status['health']['checks'][number];

const marks: Readonly<Record<Check['state'], string>> = { healthy: '✓', warning: '!', critical: '✗', unknown: '?', 'not-applicable': '–' };
const shares = new Set([
  'cash-reserve',
  'capital-in-use',
  'largest-position',
  'drawdown',
  'exit-liveness',
  'ai-budget',
  'error-rate',
  'win-rate-gap',
]);

/** Every risk check with its value and its target; the worst first. */
export function riskPanel(data: PageData): Html {
  const { status, checked } = data;
  const { checks } = status.health;
  return panel({ id: 'risk', title: 'Risk checks', watch: data, fresh: checked }, { ok: true, data: checks }, () => {
    if (checks.length === 0) return empty('No health check yet: the first runs within the hour, or with Run now under Jobs.');
    const order = ['critical', 'unknown', 'warning', 'healthy', 'not-applicable'];
    const sorted = checks.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
    return html`<ul class="checks">${sorted.map(check)}</ul>`;
  });
}

function check({ id, state, value, target, detail, weight }: Check): Html {
  const bar =
    value !== null && target !== null && shares.has(id)
      ? html`<meter min="0" max="1" value="${Math.max(0, Math.min(1, value))}" aria-label="${id} ${state}"></meter>`
      : '';
  const aside = weight === 0 && state !== 'not-applicable' ? ' (counted with another)' : '';
  return html`<li class="${state}"><span class="mark" aria-hidden="true">${marks[state]}</span> <span><strong>${id.replaceAll('-', ' ')}</strong>
    <span class="word">${state.replace('-', ' ')}</span>${aside}<br><span class="small">${detail}</span></span>${bar}</li>`;
}
