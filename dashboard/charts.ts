import { html } from 'hono/html';
import type { ChartData } from '../shared/api/contract/figures.ts';
import type { PageData } from '../shared/api/contract/page.ts';
import { percent, signed } from './format.ts';
import type { Html } from './html.ts';
import { empty, panel } from './panel.ts';

const WIDTH = 600;
const HEIGHT = 160;
/** What a drawing of this size can show. */
const DRAWN = 150;

/** P&L and drawdown: drawn here, so that they are there at once and on paper; the client makes them move. */
export function chartPanels(data: PageData): Html {
  return html`<div class="wide charts" id="charts">
    ${panel({ id: 'pnl', title: 'P&L over time', watch: data, fresh: data.synced }, data.chart, (chart) => pnlChart(chart))}
    ${panel({ id: 'drawdown', title: 'Drawdown', watch: data, fresh: data.synced }, data.chart, (chart) => drawdownChart(chart))}
    <form class="ranges" aria-label="Range of the charts">${['1d', '1w', '1m', 'all'].map(
      (range) => html`<label><input type="radio" name="range" value="${range}"${range === '1m' ? html` checked` : ''}> ${range}</label>`,
    )}</form></div>`;
}

function pnlChart({ points, trades }: ChartData): Html {
  const known = points.flatMap(({ at, pnl }) => (pnl === null ? [] : [{ at: Date.parse(at), value: Number(pnl) }]));
  const last = known.at(-1);
  if (known.length < 2 || !last) return empty('No curve yet: value is recorded at each sync, every 5 minutes.');
  const label = `P&L over 30 days, now ${signed(last.value.toFixed(6))}, ${trades.length} trades closed`;
  return html`<figure><div class="plot" hidden><canvas id="pnl-canvas" role="img" aria-label="${label}"></canvas></div>${curve(known, label, [])}</figure>`;
}

function drawdownChart({ points, drawdownLimit }: ChartData): Html {
  const known = points.flatMap(({ at, drawdown }) => (drawdown === null ? [] : [{ at: Date.parse(at), value: -drawdown }]));
  const last = known.at(-1);
  if (known.length < 2 || !last) return empty('No drawdown yet: it needs two recorded values.');
  const label = `Drawdown over 30 days, now ${percent(-last.value)}, limit ${percent(drawdownLimit)}`;
  return html`<figure><div class="plot" hidden><canvas id="drawdown-canvas" role="img" aria-label="${label}"></canvas></div>${curve(known, label, [-drawdownLimit])}
    <figcaption>Dashed: limit ${percent(drawdownLimit)}</figcaption></figure>`;
}

interface Dot {
  readonly at: number;
  readonly value: number;
}

function curve(all: readonly Dot[], label: string, limits: readonly number[]): Html {
  const step = Math.max(1, Math.ceil(all.length / DRAWN));
  const dots = all.filter((_, index) => index % step === 0 || index === all.length - 1);
  const values = [...dots.map(({ value }) => value), ...limits, 0];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [from, to] = [dots[0]?.at ?? 0, dots.at(-1)?.at ?? 1];
  const x = (at: number) => (((at - from) / Math.max(1, to - from)) * WIDTH).toFixed(1);
  const y = (value: number) => (HEIGHT - 4 - ((value - low) / Math.max(1e-9, high - low)) * (HEIGHT - 8)).toFixed(1);
  const line = dots.map(({ at, value }) => `${x(at)},${y(value)}`).join(' ');
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${label}">
    <line class="zero" x1="0" x2="${WIDTH}" y1="${y(0)}" y2="${y(0)}"/>
    ${limits.map((limit) => html`<line class="limit" x1="0" x2="${WIDTH}" y1="${y(limit)}" y2="${y(limit)}"/>`)}
    <polyline class="curve" points="${line}"/></svg>`;
}
