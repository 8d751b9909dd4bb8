import { html } from 'hono/html';
import type { PageData } from '../shared/api/contract/page.ts';
import type { AlertJson } from '../shared/api/contract/running.ts';
import { actionForm } from './action-form.ts';
import type { Html } from './html.ts';
import { nothing } from './html.ts';
import { empty, panel } from './panel.ts';
import type { Watch } from './time.ts';
import { moment } from './time.ts';

/** The page shows what matters most; the rest is a command away. */
const SHOWN_OPEN = 6;
const SHOWN_PAST = 4;

/** What cannot be overlooked: why trading stopped, since when, the way out; and what is critical. */
export function banner(data: PageData): Html {
  const { status, since, alerts } = data;
  const critical = alerts.ok ? alerts.data.open.filter(({ type, acknowledgedAt }) => type !== 'WARNING' && acknowledgedAt === null) : [];
  return html`<div id="banner" data-part>
    ${status.state === 'active' ? nothing : stopped(data, since)}
    ${critical.map(
      (alert) => html`<div class="alert critical" role="alert"><p><strong>✗ ${alert.type.replace('_', ' ')}</strong> ${alert.text}</p>
      <span class="actions"><a class="button" href="#alerts">Review</a>${acknowledge(alert, data.token)}</span></div>`,
    )}
  </div>`;
}

function stopped({ status, ...data }: PageData, since: string | null): Html {
  const halted = status.state === 'halted';
  const byHand = halted || (status.stateReason ?? '').startsWith('paused by hand');
  const command = html`<code>pilot resume --reason "…"</code>`;
  const way = byHand
    ? html`A person has to end it: <a href="#act-resume-form">Resume</a>, or ${command}`
    : html`It ends by itself with the next clean sync, or with ${command}`;
  return html`<div class="alert ${halted ? 'critical' : 'warning'}" role="alert"><p><strong>${halted ? '■ TRADING HALTED' : '‖ NEW BUYS PAUSED'}</strong>
    ${status.stateReason ?? 'no reason is known'}. Since ${moment(since, data, 'an unknown time')}. Exits still run. ${way}</p></div>`;
}

export function alertsPanel(data: PageData): Html {
  const checks = data.status.jobs.find(({ name }) => name === 'alert-check');
  return panel({ id: 'alerts', title: 'Alerts', watch: data }, data.alerts, ({ open, history }) => {
    if (open.length + history.length === 0)
      return empty(
        html`No alert so far. They are checked ${checks?.trigger ?? 'as planned'}; <code>pilot trigger</code> raises one for a test.`,
      );
    const graver = open.toSorted((a, b) => Number(a.type === 'WARNING') - Number(b.type === 'WARNING'));
    const more = open.length - SHOWN_OPEN;
    const past = history.filter(({ id }) => !open.some((one) => one.id === id));
    return html`<ul class="list">${graver.slice(0, SHOWN_OPEN).map((alert) => alertItem(alert, data))}${past.slice(0, SHOWN_PAST).map((alert) => alertItem(alert, data))}</ul>
      ${more > 0 ? html`<p>and ${more} more open: <code>pilot alerts</code></p>` : nothing}`;
  });
}

/** One alert with how it stands, what to do, and what became of telling it. */
export function alertItem(alert: AlertJson, data: Watch & { readonly token: string }): Html {
  const { type, at, text, open, acknowledgedAt, commands, deliveries } = alert;
  const outlets = deliveries.map(({ channel, state }) => `${channel} ${state}`).join(', ');
  return html`<li class="${open ? 'open' : ''}"><p><span class="tag ${type.toLowerCase()}">${type.replace('_', ' ')}</span> ${moment(at, data)}
    ${open ? 'open' : ''} ${acknowledgedAt === null ? nothing : html`seen ${moment(acknowledgedAt, data)}`}</p><p>${text}</p>
    ${commands.length === 0 ? nothing : html`<p>${commands.map((command) => html`<code>${command}</code> `)}</p>`}
    ${outlets === '' ? nothing : html`<p class="small">${outlets}</p>`}
    ${open && acknowledgedAt === null ? acknowledge(alert, data.token) : nothing}</li>`;
}

function acknowledge({ cause }: AlertJson, token: string): Html {
  return actionForm({ name: 'acknowledge', label: 'Acknowledge', token, hidden: { cause } });
}
