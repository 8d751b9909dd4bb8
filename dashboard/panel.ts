import { html } from 'hono/html';
import type { Freshness, Part } from '../shared/api/contract/page.ts';
import type { Html } from './html.ts';
import { nothing } from './html.ts';
import type { Watch } from './time.ts';
import { distance, isStale } from './time.ts';

interface Panel {
  readonly id: string;
  readonly title: string;
  readonly watch: Watch;
  /** How old the data may be; absent where the panel is of now. */
  readonly fresh?: Freshness;
  readonly wide?: boolean;
}

/** A box of the page. Says how old its data is, greys out when that is too old, and says why where it could not be read. */
export function panel<T>({ id, title, watch, fresh, wide }: Panel, part: Part<T>, body: (data: T) => Html): Html {
  const stale = fresh !== undefined && isStale(fresh, watch.now);
  return html`<section id="${id}" data-part class="panel${wide ? ' wide' : ''}${stale ? ' stale' : ''}"
    aria-labelledby="${id}-title" data-at="${fresh?.at ?? ''}" data-stale-after="${fresh?.staleAfterMs ?? ''}">
    <header><h2 id="${id}-title">${title}</h2>${age(fresh, watch, stale)}</header>
    ${part.ok ? body(part.data) : failure(part.why)}
  </section>`;
}

/** What a list says while there is nothing in it. */
export function empty(why: Html | string): Html {
  return html`<p class="empty">${why}</p>`;
}

export function table(caption: string, heads: readonly string[], rows: readonly Html[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption class="hidden">${caption}</caption>
    <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
    <tbody>${rows}</tbody></table></div>`;
}

/** A row; cells that are numbers stand right. */
export function row(cells: readonly (Html | string | number)[], numbers: readonly number[] = []): Html {
  return html`<tr>${cells.map((cell, index) => html`<td${numbers.includes(index) ? html` class="number"` : nothing}>${cell}</td>`)}</tr>`;
}

export function facts(pairs: readonly (readonly [string, Html | string])[]): Html {
  return html`<dl>${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function age(fresh: Freshness | undefined, watch: Watch, stale: boolean): Html {
  if (!fresh) return nothing;
  return html`<span class="age">${stale ? 'stale: data from ' : ''}${distance(fresh.at, watch, 'no data yet')}</span>`;
}

function failure(why: string): Html {
  return html`<p class="empty failed">Cannot be read: ${why} Fix: run <code>pilot doctor</code></p>`;
}
