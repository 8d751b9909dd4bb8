import { html } from 'hono/html';
import type { AlertJson } from '../shared/api/contract/running.ts';
import { actionForm } from './action-form.ts';
import { alertItem } from './alerts.ts';
import type { Html } from './html.ts';
import { empty } from './panel.ts';
import type { Watch } from './time.ts';
import { moment } from './time.ts';

export interface AlertPage extends Watch {
  /** The book it is about. */
  readonly book: 'paper' | 'demo' | 'live';
  readonly state: 'active' | 'reducing' | 'halted';
  readonly stateReason: string | null;
  readonly token: string;
  readonly at: string;
  readonly alerts: readonly AlertJson[];
}

/** Where a message's link leads: what it was about, how things stand now, and what a thumb can do about it. */
export function alertPage(data: AlertPage): Html {
  const { book, state, stateReason, token, at, alerts, zone, now } = data;
  const common = { token, word: book.toUpperCase(), hidden: { book } };
  return html`<!doctype html>
<html lang="en" class="${book} ${state}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Alert · ${book.toUpperCase()} · Kalshi Pilot</title>
<link rel="icon" href="/icon/${book}-${state}.svg"><link rel="stylesheet" href="/style.css"><script src="/client.js" type="module"></script></head>
<body data-now="${now}" data-speed="1" data-zone="${zone}"><main class="result">
<h1>${alerts.length === 1 ? 'Alert' : 'Alerts'} of ${moment(at, data)}</h1>
<p>${book.toUpperCase()} · ${state === 'active' ? 'trading' : `${state}: ${stateReason ?? 'no reason is known'}`}</p>
${
  alerts.length === 0
    ? empty('No alert of this moment is kept. They are kept for 90 days.')
    : html`<ul class="list">${alerts.map((alert) => alertItem(alert, { zone, now, token }))}</ul>`
}
<div class="actions">${
    state === 'active'
      ? actionForm({ ...common, name: 'pause', label: 'Pause buys', will: ['stop new entries', 'let exits and cancels run'] })
      : actionForm({ ...common, name: 'resume', label: 'Resume', asksReason: true, will: ['let strategies enter again'] })
  }${actionForm({ ...common, name: 'emergency', label: 'Emergency stop', danger: true, will: ['stop all new orders now', 'cancel all resting orders', 'keep open positions', 'alert you, then ask the model what happened'] })}</div>
<p><a href="/">The whole dashboard</a></p></main></body></html>`;
}
