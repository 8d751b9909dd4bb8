import { html } from 'hono/html';
import type { PositionJson, PositionsJson } from '../shared/api/contract/holdings.ts';
import type { PageData } from '../shared/api/contract/page.ts';
import { actionForm } from './action-form.ts';
import { cents, count, dollars, gain, plural } from './format.ts';
import type { Html } from './html.ts';
import { nothing } from './html.ts';
import type { Row } from './panel.ts';
import { empty, panel, row, table } from './panel.ts';
import { distance, moment } from './time.ts';

export function positionsPanel(data: PageData): Html {
  return panel(
    { id: 'positions', title: 'Open positions by event', watch: data, fresh: data.synced, wide: true },
    data.positions,
    (held) => {
      const orders = held.orders.length === 0 ? nothing : ordersTable(held.orders, data);
      if (held.events.length === 0) return html`${empty(nothingHeld(data))}${orders}`;
      const rows = held.events.flatMap((event) => [eventRow(event), ...event.positions.map((position) => positionRow(position, data))]);
      return html`${table('Open positions', ['Market', 'Side', 'Qty', 'Entry', 'Now', 'P&L', 'Ends', 'Exits', 'Do'], rows)}${orders}`;
    },
  );
}

function nothingHeld({ status }: PageData): string {
  if (status.state !== 'active') return 'Nothing is held, and nothing new is bought while trading is stopped.';
  return 'Nothing is held. Strategies enter when a signal passes every risk check; the scan funnel says what was looked at.';
}

function eventRow({ event, cost, value, positions }: PositionsJson['events'][number]): Row {
  return { group: html`${event} · ${plural(positions.length, 'market')} · ${dollars(cost)} in, worth ${dollars(value)}` };
}

function positionRow(position: PositionJson, data: PageData): Row {
  const { ticker, title, side, count: held, entry, bid, pnl, closesAt, exits, strategy } = position;
  const name = html`<span class="market">${title ?? ticker}</span><br><span class="small">${ticker} · ${strategy ?? 'by hand'}</span>`;
  const now = bid === null ? 'no bid' : cents(bid);
  return row(
    [
      name,
      side.toUpperCase(),
      count(held),
      cents(entry),
      now,
      gain(pnl),
      distance(closesAt, data, 'unknown'),
      exits.join(', '),
      closeButton(position, data),
    ],
    [2, 3, 4, 5],
  );
}

/** How far below the bid that was seen a sale may go, in dollars: what is shown is the worst it can be. */
const SLIP = 0.02;

/** Sells one position after saying what it brings at worst; not for what somebody bought by hand, and not where nobody bids. */
function closeButton({ ticker, side, count: held, bid, cost, strategy }: PositionJson, { token, book }: PageData): Html {
  if (strategy === null) return html`<span class="small">sell it where you bought it</span>`;
  if (bid === null) return html`<span class="small">nobody bids</span>`;
  const floor = Math.max(0.01, Number(bid) - SLIP);
  const brings = floor * Number(held);
  const result = brings - Number(cost);
  const will = [
    `at worst a ${result < 0 ? 'loss' : 'gain'} of ${dollars(Math.abs(result).toFixed(6))} before the exit fee: ${dollars(brings.toFixed(6))} for what cost ${dollars(cost)}`,
    `cancel what rests there, sell ${count(held)} ${side.toUpperCase()} at ${cents(floor.toFixed(4))} or better (bid ${cents(bid)})`,
    'what nobody buys at that price stays held',
  ];
  const hidden = { book, ticker, floor: floor.toFixed(4) };
  return actionForm({ name: 'close', label: 'Close', of: ticker, token, word: book.toUpperCase(), will, hidden, danger: true });
}

function ordersTable(orders: PositionsJson['orders'], data: PageData): Html {
  const rows = orders.map(({ ticker, side, action, price, count: all, filled, state, held, updatedAt }) =>
    row(
      [
        ticker,
        `${action} ${side.toUpperCase()}`,
        `${count(filled)} of ${count(all)}`,
        cents(price),
        dollars(held),
        state,
        moment(updatedAt, data),
      ],
      [2, 3, 4],
    ),
  );
  return html`<h3>Orders that may still fill</h3>${table('Orders', ['Market', 'Order', 'Filled', 'Limit', 'Holds', 'State', 'Since'], rows)}`;
}

/** What ends next, and with how much money in it. */
export function resolutionsPanel(data: PageData): Html {
  return panel({ id: 'resolutions', title: 'Upcoming resolutions', watch: data, fresh: data.synced }, data.positions, ({ events }) => {
    const ending = events.flatMap(({ positions }) => positions).filter(({ closesAt }) => closesAt !== null);
    if (ending.length === 0) return empty('Nothing held has a known end.');
    const sorted = ending.toSorted((a, b) => ((a.closesAt ?? '') < (b.closesAt ?? '') ? -1 : 1)).slice(0, 10);
    return table(
      'Upcoming resolutions',
      ['Ends', 'Market', 'Pays if right', 'Cost'],
      sorted.map(({ closesAt, ticker, title, side, count: held, cost }) =>
        row(
          [distance(closesAt, data), `${side.toUpperCase()} ${title ?? ticker}`, dollars(Number(held).toFixed(6)), dollars(cost)],
          [2, 3],
        ),
      ),
    );
  });
}
