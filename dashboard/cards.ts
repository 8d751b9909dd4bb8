import { html } from 'hono/html';
import type { Freshness, PageData } from '../shared/api/contract/page.ts';
import type { NamedMetric } from '../shared/api/contract/units.ts';
import { dollars, figure, interval, plural, UNKNOWN } from './format.ts';
import type { Html } from './html.ts';
import { distance, isStale } from './time.ts';

interface Card {
  readonly title: string;
  readonly value: string;
  readonly lines: readonly string[];
  readonly formula: string;
  readonly tone?: string;
  /** How old it is; absent: as the last sync. */
  readonly fresh?: Freshness;
}

/** The six figures of the seed and health, each with what it rests on and how old it is. */
export function cards(data: PageData): Html {
  return html`<section id="cards" class="cards" data-part aria-label="Key figures">
    ${[...figures(data), positions(data), health(data)].map((one) => card(one, data))}</section>`;
}

function card({ title, value, lines, formula, tone, fresh }: Card, data: PageData): Html {
  const { at, staleAfterMs } = fresh ?? data.synced;
  const stale = isStale({ at, staleAfterMs }, data.now);
  return html`<article class="card ${tone ?? ''}${stale ? ' stale' : ''}" title="${formula}" data-at="${at ?? ''}" data-stale-after="${staleAfterMs}">
    <h2>${title}</h2><p class="value${value === UNKNOWN ? ' none' : ''}">${value}</p>
    ${lines.filter((line) => line !== '').map((line) => html`<p class="small">${line}</p>`)}
    <p class="age">${stale ? 'stale: data from ' : ''}${distance(at, data, 'no data yet')}</p></article>`;
}

function figures({ metrics, performance, chart, status }: PageData): readonly Card[] {
  const named = new Map(metrics.ok ? metrics.data.map((one) => [one.id, one] as const) : []);
  const today = performance.ok ? performance.data.today.metrics : {};
  const limit = chart.ok ? `limit ${figure(chart.data.drawdownLimit, 'share')}` : '';
  const winRate = named.get('winRate');
  const sharpe = named.get('sharpe');
  const pnlToday = today.totalPnl?.value ?? null;
  return [
    metricCard('Total P&L', named.get('totalPnl'), [`today ${figure(pnlToday, 'usd', true)}`, `value ${dollars(status.equity)}`], true),
    metricCard('Win rate', winRate, [winRate && winRate.value !== null ? `${Math.round(winRate.value * winRate.n)} of ${winRate.n}` : '']),
    metricCard('Sharpe', sharpe, [sharpe && sharpe.value !== null ? plural(sharpe.n, 'daily return') : '']),
    metricCard('Max drawdown', named.get('maxDrawdown'), [limit]),
    metricCard('Trades', named.get('trades'), [
      `${figure(today.trades?.value, 'count')} today`,
      `ROI ${figure(named.get('roi')?.value, 'share')}`,
    ]),
  ];
}

function metricCard(title: string, metric: NamedMetric | undefined, lines: readonly string[], toned = false): Card {
  if (!metric) return { title, value: UNKNOWN, lines: ['figures cannot be read'], formula: '' };
  const { value, why, unit, formula } = metric;
  const tone = toned && value !== null ? (value > 0 ? 'up' : value < 0 ? 'down' : '') : '';
  return { title, value: figure(value, unit, toned), lines: [why ?? '', interval(metric, unit), ...lines], formula, tone };
}

function positions({ positions: held, ledger }: PageData): Card {
  const formula = 'markets held now, and the most there may be';
  if (!held.ok) return { title: 'Positions', value: UNKNOWN, lines: ['positions cannot be read'], formula };
  const number = held.data.events.reduce((sum, event) => sum + event.positions.length, 0);
  const booked = ledger.ok && ledger.data.entries > 0;
  const inUse = booked ? `${dollars(ledger.data.capital.inPositions)} in, ${dollars(ledger.data.cash)} cash` : '';
  return {
    title: 'Positions',
    value: `${number} / ${held.data.limit}`,
    lines: [inUse, plural(held.data.orders.length, 'resting order')],
    formula,
  };
}

function health({ status, checked }: PageData): Card {
  const { score, state, checks } = status.health;
  const counted = (wanted: string) => checks.filter((check) => check.weight > 0 && check.state === wanted).length;
  const formula = '100 less 25 for each critical fact and 10 for each warning, every fact counted once';
  if (checked.at === undefined) return { title: 'Health', value: UNKNOWN, lines: ['first check within the hour'], formula, fresh: checked };
  const [critical, warning] = [counted('critical'), counted('warning')];
  const sum = ['100', ...Array<string>(critical).fill('25'), ...Array<string>(warning).fill('10')].join(' − ');
  const lines = [
    `${critical} critical, ${plural(warning, 'warning')}`,
    score !== 100 && 100 - 25 * critical - 10 * warning === score ? sum : state,
  ];
  return { title: 'Health', value: score === null ? UNKNOWN : `${score}/100`, lines, formula, tone: state, fresh: checked };
}
