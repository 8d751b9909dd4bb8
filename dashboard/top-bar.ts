import { html } from 'hono/html';
import type { PageData } from '../shared/api/contract/page.ts';
import { actionForm } from './action-form.ts';
import { dollars, plural } from './format.ts';
import type { Html } from './html.ts';
import { nothing } from './html.ts';
import { distance } from './time.ts';

const money = { paper: 'no real money', demo: 'play money on Kalshi’s demo', live: 'real money' } as const;
const states = { active: 'trading', reducing: 'no new buys', halted: 'halted' } as const;

/** Which money, which state, how fresh, and what a person can do. */
export function topBar(data: PageData): Html {
  const { status, synced, book } = data;
  const { mode, state, prices, speed } = status;
  const scan = status.jobs.find(({ name }) => name === 'scan');
  return html`<header id="top" class="top" data-part>
    <h1>Kalshi Pilot</h1>
    <p class="badges"><strong class="badge mode">${mode.toUpperCase()} · ${money[mode]}</strong>
      <span class="badge state ${state}">${states[state]}</span>
      ${prices === 'live' ? nothing : html`<span class="badge">${prices} prices${speed === 1 ? '' : ` at ${speed}×`}</span>`}
      ${book === mode ? nothing : html`<span class="badge">shows the ${book} book</span>`}</p>
    <p class="pulse"><span id="line" role="status">●</span> synced ${distance(synced.at, data)} · scan ${distance(scan?.nextRun, data, 'not planned')}</p>
    <div class="actions">${quickActions(data)}</div>
  </header>`;
}

function quickActions(data: PageData): Html {
  const { status, token } = data;
  const word = status.mode.toUpperCase();
  const common = { token, word };
  const resting = data.positions.ok ? plural(data.positions.data.orders.length, 'resting order') : 'all resting orders';
  return html`
    ${actionForm({ ...common, name: 'run-daily-analysis', label: 'Run analysis', will: ['ask the model to read the day, within the AI budget'] })}
    ${
      status.state === 'active'
        ? actionForm({ ...common, name: 'pause', label: 'Pause buys', will: ['stop new entries', 'let exits and cancels run'] })
        : actionForm({ ...common, name: 'resume', label: 'Resume', asksReason: true, will: ['let strategies enter again'] })
    }
    ${actionForm({ ...common, name: 'cancel-all', label: 'Cancel all', will: [`cancel ${resting}`, 'keep positions and state'] })}
    ${actionForm({ ...common, name: 'flatten', label: 'Flatten', danger: true, will: ['stop new orders', `cancel ${resting}`, 'sell every position at the best bid'] })}
    ${actionForm({ ...common, name: 'emergency', label: 'Emergency stop', danger: true, will: emergency(data) })}`;
}

/** The same words as the command line's. */
function emergency({ positions, status }: PageData): readonly string[] {
  const mode = status.mode.toUpperCase();
  if (!positions.ok) return [`in ${mode} mode: stop all new orders now`, 'cancel all resting orders', 'keep open positions'];
  const { orders, events } = positions.data;
  const held = events.flatMap((event) => event.positions);
  const resting = orders.reduce((sum, order) => sum + Number(order.held), 0);
  const bids = events.some(({ value }) => value === null) ? undefined : events.reduce((sum, { value }) => sum + Number(value), 0);
  return [
    `in ${mode} mode: stop all new orders now`,
    `cancel ${plural(orders.length, 'resting order')} (${dollars(resting.toFixed(6))})`,
    `keep ${plural(held.length, 'open position')}${bids === undefined ? '' : `; best bids give about ${dollars(bids.toFixed(6))}`}`,
    'alert you, then ask the model what happened',
  ];
}
