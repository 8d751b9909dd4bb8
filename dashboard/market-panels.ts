import { html } from 'hono/html';
import type { FunnelJson, StrategiesJson } from '../shared/api/contract/markets.ts';
import type { PageData } from '../shared/api/contract/page.ts';
import { cents, gain, interval, percent, plural } from './format.ts';
import type { Html } from './html.ts';
import { nothing } from './html.ts';
import { empty, panel, row, table } from './panel.ts';
import { moment } from './time.ts';

/** How all markets became the few that strategies looked at, and what would have changed it. */
export function funnelPanel(data: PageData): Html {
  return panel({ id: 'funnel', title: 'Scan funnel', watch: data, fresh: data.scanned }, data.funnel, (funnel) => {
    if (funnel.seen === null) return empty(html`No scan yet. The first is at ${moment(jobAt(data, 'scan'), data, 'an unplanned time')}.`);
    const { seen, candidates, day } = funnel;
    return html`<p class="steps">${[seen, ...funnel.stages.map(({ left }) => left)].join(' → ')}</p>
      ${stageTable('Scan funnel', funnel.stages)}
      <p>${plural(candidates ?? 0, 'market')} left. ${nearest(funnel)}</p>
      <p class="small">Last 24 h: ${plural(day.scans, 'scan')}, ${plural(day.signals, 'signal')}, ${plural(day.orders, 'order')}.</p>`;
  });
}

function stageTable(caption: string, stages: FunnelJson['stages']): Html {
  return table(
    caption,
    ['Filter', 'Dropped', 'Left', 'Setting'],
    stages.map(({ name, dropped, left, setting }) =>
      row([name, dropped, left, setting === null ? '' : html`<code>${setting}</code>`], [1, 2]),
    ),
  );
}

function nearest({ nearest: miss }: FunnelJson): Html {
  if (miss === null) return html`No market was dropped by a setting.`;
  const { ticker, stage, value, needs, setting } = miss;
  const [has, wants] = [Number(value.toFixed(4)), Number(needs.toFixed(4))];
  // A spread is dropped at its limit, everything else below it.
  const needed = stage === 'spread' ? 'must be below' : 'needs';
  return html`Nearest miss: ${ticker} (${stage} ${has}, ${needed} ${wants}). What if: a <code>${setting}</code> that takes in ${has} would have let it pass.`;
}

function jobAt({ status }: PageData, wanted: string): string | null | undefined {
  return status.jobs.find(({ name }) => name === wanted)?.nextRun;
}

/** Each strategy with what speaks for and against it, the book it may trade in, and what it made. */
export function strategiesPanel(data: PageData): Html {
  return panel(
    { id: 'strategies', title: 'Strategies', watch: data, fresh: data.scanned, wide: true },
    data.strategies,
    ({ strategies }) => html`<div class="cells">${strategies.map((strategy) => strategyCard(strategy, data))}</div>`,
  );
}

type StrategyJson = StrategiesJson['strategies'][number];

function strategyCard(strategy: StrategyJson, data: PageData): Html {
  const { name, about, evidence, rung, tradesIn, trades, pnl, winRate, stages, gate } = strategy;
  const wins =
    winRate.value === null
      ? `win rate unknown (${winRate.why ?? 'no trades'})`
      : `win rate ${percent(winRate.value)}, ${interval(winRate, 'share')}`;
  const into = tradesIn === null ? 'off: trades nowhere' : `trades in ${tradesIn}`;
  const way = gate.map(({ name: what, have, need }) => `${what.toLowerCase()}: ${have} of ${need}`).join(', ');
  return html`<article><h3>${name} <span class="tag">${rung} rung</span> <span class="tag">${into}</span></h3><p>${about}</p>
    <p>${trades === 0 ? 'No closed trade yet.' : html`${gain(pnl)} in ${plural(trades, 'trade')}, ${wins}`}</p>
    <p class="small">${wanted(strategy, data)}</p><p class="small">Way to live: ${way}. Evidence: ${evidence}</p>
    ${stages.length === 0 ? nothing : html`<details><summary>Its own funnel</summary>${stageTable(`Funnel of ${name}`, stages)}</details>`}</article>`;
}

function wanted({ eligible, signals, lookedAt, decidedAt }: StrategyJson, data: PageData): Html {
  const left = eligible === null ? 'Not scanned yet.' : `The last scan left it ${plural(eligible, 'market')}.`;
  if (signals === null || lookedAt === null) return html`${left} Trade has not decided yet.`;
  return html`${left} Trade read ${plural(lookedAt, 'market')} again at ${moment(decidedAt, data)}: ${plural(signals, 'signal')}.`;
}

/** What strategies wanted last, and why it was or was not done. */
export function opportunitiesPanel(data: PageData): Html {
  return panel(
    { id: 'opportunities', title: 'Opportunities', watch: data, fresh: data.scanned, wide: true },
    data.opportunities,
    (found) => {
      const { decisions, tickers, leftOut } = found;
      const looked =
        tickers.length === 0
          ? nothing
          : html`<details class="small"><summary>Looked at again: ${plural(tickers.length + leftOut, 'market')}</summary>${tickers.join(', ')}${leftOut > 0 ? ` and ${leftOut} more` : ''}</details>`;
      if (decisions.length === 0)
        return html`${empty('No signal so far: no strategy found a price worth its fee. The funnel says what was dropped where.')}${looked}`;
      const rows = decisions
        .slice(0, 15)
        .map(({ at, ticker, strategy, side, fair, limit, reason, result }) =>
          row(
            [
              moment(at, data),
              ticker,
              `${side.toUpperCase()} at ${cents(limit)}`,
              `${percent(fair)} vs ${cents(limit)}`,
              html`${strategy}: ${reason}`,
              result,
            ],
            [],
          ),
        );
      return html`${table('Opportunities', ['When', 'Market', 'Buy', 'Fair vs price', 'Why', 'Result'], rows)}${looked}`;
    },
  );
}
