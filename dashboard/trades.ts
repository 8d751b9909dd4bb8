import { html } from 'hono/html';
import type { TradeJson } from '../shared/api/contract/figures.ts';
import type { PageData } from '../shared/api/contract/page.ts';
import { count, dollars, figure, gain, interval } from './format.ts';
import type { Html } from './html.ts';
import { nothing } from './html.ts';
import type { Row } from './panel.ts';
import { empty, panel, row, table } from './panel.ts';
import { moment } from './time.ts';

export function tradesPanel(data: PageData): Html {
  const { status, trades } = data;
  const scan = status.jobs.find(({ name }) => name === 'scan');
  const filter = html`<p class="filter"><label>Filter trades <input type="search" id="filter" placeholder="market, strategy, exit"></label> <a href="/api/trades.csv?book=${data.book}" download>CSV</a></p>`;
  const body = panel({ id: 'trades', title: 'Trades', watch: data, wide: true }, trades, ({ trades: closed, next }) => {
    if (closed.length === 0)
      return empty(html`No trades yet. Next scan ${moment(scan?.nextRun, data, 'is not planned')}. See the scan funnel for why.`);
    const heads = ['Closed', 'Market', 'Strategy', 'Side', 'Qty', 'Cost', 'Fees', 'P&L', 'Exit'];
    const more =
      next === null ? nothing : html`<p class="small">The last ${closed.length}. All: <a href="/api/trades?limit=500">/api/trades</a></p>`;
    return html`${table(
      'Closed trades',
      heads,
      closed.map((trade) => tradeRow(trade, data)),
    )}${more}`;
  });
  return html`<div class="wide">${filter}${body}</div>`;
}

function tradeRow({ closedAt, ticker, strategy, side, count: held, cost, fees, pnl, exit }: TradeJson, data: PageData): Row {
  const cells = [
    moment(closedAt, data),
    ticker,
    strategy ?? 'by hand',
    side.toUpperCase(),
    count(held),
    dollars(cost),
    dollars(fees),
    gain(pnl),
    exit,
  ];
  return row(cells, [4, 5, 6, 7]);
}

/** Every figure there is, with its sample, its interval, and what it is computed from. */
export function metricsPanel(data: PageData): Html {
  return panel(
    { id: 'metrics', title: 'All figures, since the beginning', watch: data, fresh: data.synced, wide: true },
    data.metrics,
    (metrics) =>
      table(
        'All figures',
        ['Figure', 'Value', '95% interval', 'From', 'What it is'],
        metrics.map((metric) => {
          const { label, value, unit, n, why, formula } = metric;
          return row(
            [label, value === null ? `unknown (${why ?? 'no reason given'})` : figure(value, unit), interval(metric, unit), n, formula],
            [3],
          );
        }),
      ),
  );
}
