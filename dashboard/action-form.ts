import { html } from 'hono/html';
import type { Html } from './html.ts';
import { nothing } from './html.ts';

export interface ActionForm {
  /** Of the endpoint: `pause`, `run-scan`. */
  readonly name: string;
  readonly label: string;
  /** Of the button among others of its name. */
  readonly of?: string;
  readonly token: string;
  /** Typed by a person before anything happens; absent where nothing can be lost. */
  readonly word?: string;
  /** What it will do, line by line, before it is done. */
  readonly will?: readonly string[];
  readonly asksReason?: boolean;
  readonly hidden?: Readonly<Record<string, string>>;
  readonly danger?: boolean;
}

/** A button that opens what it is about to do and asks for the typed word; works without scripts. */
export function actionForm(action: ActionForm): Html {
  const { name, label, of, word, will, danger } = action;
  if (word === undefined) return form(action);
  const id = of === undefined ? `act-${name}` : `act-${name}-${of}`;
  return html`<details class="action${danger ? ' danger' : ''}" id="${id}"><summary>${label}${of === undefined ? nothing : html`<span class="hidden"> ${of}</span>`}</summary><div class="ask" id="${id}-form">
    ${will === undefined ? nothing : html`<ul>${will.map((line) => html`<li>${line}</li>`)}</ul>`}${form(action)}</div></details>`;
}

function form({ name, label, token, word, asksReason, hidden }: ActionForm): Html {
  return html`<form method="post" action="/api/actions/${name}" data-action autocomplete="off">
    <input type="hidden" name="token" value="${token}">
    ${Object.entries(hidden ?? {}).map(([key, value]) => html`<input type="hidden" name="${key}" value="${value}">`)}
    ${asksReason ? html`<label>Why it is safe to go on <input name="reason" required maxlength="500"></label>` : nothing}
    ${word === undefined ? nothing : html`<label>Type ${word} to go on <input name="word" required maxlength="20" autocapitalize="characters" spellcheck="false"></label>`}
    <button type="submit">${label}</button><output aria-live="polite"></output></form>`;
}
