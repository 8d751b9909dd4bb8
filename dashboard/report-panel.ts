import { html } from 'hono/html';
import type { PageData } from '../shared/api/contract/page.ts';
import type { Html } from './html.ts';
import { empty, panel } from './panel.ts';
import { moment } from './time.ts';

/** The report made last, word for word as it was mailed. */
export function reportPanel(data: PageData): Html {
  return panel({ id: 'report', title: 'Latest report', watch: data, wide: true }, data.report, ({ at, kind, summary, text, why }) => {
    if (text === null || at === null) return empty(why ?? 'No report yet.');
    return html`<p>${kind} report of ${moment(at, data)}. ${summary}</p>
      <details><summary>Read it</summary><pre class="report">${text}</pre></details>`;
  });
}
