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

type Cell = Html | string | number;

/** Cells under the heads of their table, some of them numbers; or a line over the whole width. */
export type Row = { readonly cells: readonly Cell[]; readonly numbers: readonly number[] } | { readonly group: Html };

/** On a phone each row becomes a paragraph, so every cell carries its head along. */
export function table(caption: string, heads: readonly string[], rows: readonly Row[]): Html {
  const numbers = rows.flatMap((one) => ('cells' in one ? one.numbers : []));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption class="hidden">${caption}</caption>
    <thead><tr>${heads.map((head, index) => html`<th scope="col"${numberClass(numbers.includes(index))}>${head}</th>`)}</tr></thead>
    <tbody>${rows.map((one) => rowIn(one, heads))}</tbody></table></div>`;
}

/** A row; cells that are numbers stand right. */
export function row(cells: readonly Cell[], numbers: readonly number[] = []): Row {
  return { cells, numbers };
}

function rowIn(one: Row, heads: readonly string[]): Html {
  if ('group' in one) return html`<tr class="group"><th scope="rowgroup" colspan="${heads.length}">${one.group}</th></tr>`;
  const { cells, numbers } = one;
  return html`<tr>${cells.map((cell, index) => html`<td data-head="${heads[index]}"${numberClass(numbers.includes(index))}>${cell}</td>`)}</tr>`;
}

function numberClass(isNumber: boolean): Html {
  return isNumber ? html` class="number"` : nothing;
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
