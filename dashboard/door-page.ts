import { html } from 'hono/html';
import type { Html } from './html.ts';

/** What somebody sees who is not signed in: one sentence and the way in. */
export function doorPage({ title, text, link }: { readonly title: string; readonly text: string; readonly link: string }): Html {
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark"><title>${title} · Kalshi Pilot</title><link rel="stylesheet" href="/auth/style.css"></head>
    <body><main class="result"><h1>${title}</h1><p>${text}</p><p><a class="button" href="/auth/login">${link}</a></p></main></body></html>`;
}
