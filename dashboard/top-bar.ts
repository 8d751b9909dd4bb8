import { html } from 'hono/html';
import type { PositionJson } from '../shared/api/contract/holdings.ts';
import type { PageData } from '../shared/api/contract/page.ts';
import { actionForm } from './action-form.ts';
import { dollars, plural, signed } from './format.ts';
import type { Html } from './html.ts';
import { nothing } from './html.ts';
import { clock, distance } from './time.ts';

const money = { paper: 'no real money', demo: 'play money on Kalshi’s demo', live: 'real money' } as const;
const states = { active: 'trading', reducing: 'new buys paused', halted: 'halted' } as const;

const parts = [
  ['positions', 'Positions'],
  ['risk', 'Risk'],
  ['funnel', 'Funnel'],
  ['trades', 'Trades'],
  ['strategies', 'Strategies'],
  ['alerts', 'Alerts'],
  ['jobs', 'Jobs'],
  ['ledger', 'Ledger'],
] as const;

/** Which money, which state, how fresh, and what a person can do. */
export function topBar(data: PageData): Html {
  const { status, synced, book } = data;
  const { mode, state, prices, speed } = status;
  const scan = status.jobs.find(({ name }) => name === 'scan');
  return html`<header id="top" class="top" data-part>
    <h1>Kalshi Pilot</h1>
    <p class="badges"><strong class="badge mode">${book.toUpperCase()} · ${money[book]}</strong>
      <span class="badge state ${state}">${states[state]}</span>
      ${prices === 'live' ? nothing : html`<span class="badge">${prices} prices</span>`}
      ${speed === 1 ? nothing : html`<span class="badge fast">time runs ${speed}×</span>`}
      ${otherBook(book, mode)}</p>
    <p class="pulse"><span id="line" role="status"></span> synced ${distance(synced.at, data)} · scan ${distance(scan?.nextRun, data, 'not planned')} · <span data-clock>${clock(data)}</span></p>
    <div class="actions">${quickActions(data)}</div>
    <nav class="jump" aria-label="Parts of the page">${parts.map(([id, name]) => html`<a href="#${id}">${name}</a>`)}</nav>
  </header>`;
}

/** Strategies on a lower rung trade on paper beside the others; each book has its own page, its own colour and its own word. */
function otherBook(book: PageData['book'], mode: PageData['book']): Html {
  if (book !== mode) return html`<a class="badge" href="/">the ${book} book only: the system trades ${mode.toUpperCase()}</a>`;
  return mode === 'paper' ? nothing : html`<a class="badge" href="/?book=paper">the paper book</a>`;
}

function quickActions(data: PageData): Html {
  const { status, book, token } = data;
  const common = { token, word: book.toUpperCase(), hidden: { book } };
  const resting = data.positions.ok ? plural(data.positions.data.orders.length, 'resting order') : 'all resting orders';
  return html`
    ${actionForm({ token, word: status.mode.toUpperCase(), name: 'run-daily-analysis', label: 'Run analysis', will: ['ask the model to read the day, within the AI budget'] })}
    ${
      status.state === 'active'
        ? actionForm({ ...common, name: 'pause', label: 'Pause buys', will: ['stop new entries', 'let exits and cancels run'] })
        : actionForm({ ...common, name: 'resume', label: 'Resume', asksReason: true, will: ['let strategies enter again'] })
    }
    ${actionForm({ ...common, name: 'cancel-all', label: 'Cancel all', will: [`cancel ${resting}`, 'keep positions and state'] })}
    ${actionForm({ ...common, name: 'flatten', label: 'Flatten', danger: true, will: flatten(data) })}
    ${actionForm({ ...common, name: 'emergency', label: 'Emergency stop', danger: true, will: emergency(data) })}`;
}

/** The same words as the command line's. */
function emergency(data: PageData): readonly string[] {
  const { held, sale } = holdings(data);
  return [...stopping(data), `keep ${held}${sale}`, 'alert you, then ask the model what happened'];
}

function flatten(data: PageData): readonly string[] {
  const { held, sale } = holdings(data);
  return [...stopping(data), `sell ${held} at whatever is bid${sale}`, 'alert you, then ask the model what happened'];
}

function stopping({ positions, book }: PageData): readonly string[] {
  const stop = `in the ${book.toUpperCase()} book: stop all new orders now`;
  if (!positions.ok) return [stop, 'cancel all resting orders'];
  const { orders } = positions.data;
  const resting = orders.reduce((sum, order) => sum + Number(order.held), 0);
  return [stop, `cancel ${plural(orders.length, 'resting order')} (${dollars(resting.toFixed(6))})`];
}

/** How many positions there are and what selling them would bring and lose, as far as that is known. */
function holdings({ positions }: PageData): { readonly held: string; readonly sale: string } {
  if (!positions.ok) return { held: 'open positions', sale: '' };
  const all = positions.data.events.flatMap((event) => event.positions);
  const held = plural(all.length, 'open position');
  if (all.length === 0) return { held, sale: '' };
  const bidFor = all.filter(({ value }) => value !== null);
  const stuck = all.length - bidFor.length;
  const open = stuck === 0 ? '' : `; ${stuck} without a bid`;
  return { held, sale: `; best bids give about ${dollars(total(bidFor, 'value'))}, ${signed(total(bidFor, 'pnl'))} against cost${open}` };
}

function total(positions: readonly PositionJson[], part: 'value' | 'pnl'): string {
  return positions.reduce((sum, position) => sum + Number(position[part] ?? 0), 0).toFixed(6);
}
