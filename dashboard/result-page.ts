import { html } from 'hono/html';
import type { ActionResult } from '../shared/api/contract/action.ts';
import type { Html } from './html.ts';

/** What an action came to, for a browser without scripts. */
export function resultPage({ ok, message, fix }: ActionResult): Html {
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${ok ? 'Done' : 'Refused'} · Kalshi Pilot</title><link rel="stylesheet" href="/style.css"></head>
    <body><main class="result"><h1>${ok ? 'Done' : 'Refused'}</h1><p>${message}</p>${fix === undefined ? '' : html`<p>Fix: ${fix}</p>`}
    <p><a href="/">Back to the dashboard</a></p></main></body></html>`;
}
