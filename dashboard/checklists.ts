import { html } from 'hono/html';
import type { PageData } from '../shared/api/contract/page.ts';
import type { Html } from './html.ts';
import { panel } from './panel.ts';

type Mark = 'met' | 'not-met' | 'waiting' | 'unknown' | 'not-applicable';
const marks: Readonly<Record<Mark, string>> = { met: '✓', 'not-met': '✗', waiting: '○', unknown: '?', 'not-applicable': '–' };

/** What has to be so before real money: every row counts. */
export function validationPanel(data: PageData): Html {
  return panel({ id: 'validation', title: 'Paper validation before live', watch: data }, data.strategies, ({ validation }) => {
    const met = validation.filter(({ state }) => state === 'met').length;
    return html`<p>${met} of ${validation.length} met. First live step: $10 a trade, $2 loss at most.</p>
      <ul class="checks">${validation.map(({ name, need, have, state }) => item(state, name, `${have}; needs ${need}`))}</ul>`;
  });
}

/** The way to the first trade, step by step: where it stops is where to look. */
export function firstTradePanel(data: PageData): Html {
  return panel({ id: 'first-trade', title: 'First trade', watch: data }, { ok: true, data }, () => {
    return html`<ul class="checks">${firstTrade(data).map(({ mark: state, name, detail }) => item(state, name, detail))}</ul>`;
  });
}

function firstTrade({ funnel, opportunities, positions, trades }: PageData): readonly Item[] {
  const wanted = opportunities.ok ? opportunities.data.decisions : [];
  const held = positions.ok && positions.data.events.length > 0;
  const closed = trades.ok && trades.data.trades.length > 0;
  const traded = held || closed;
  return [
    { mark: step(funnel.ok && funnel.data.seen !== null), name: 'Markets scanned', detail: 'the scan funnel says how many' },
    { mark: step(traded || wanted.length > 0), name: 'A strategy gave a signal', detail: 'see opportunities' },
    {
      mark: step(traded || wanted.some(({ result }) => result === 'sent')),
      name: 'The risk rules let one through',
      detail: 'see why not under opportunities',
    },
    { mark: step(traded), name: 'An order was filled', detail: 'see open positions' },
    { mark: step(closed), name: 'A position was closed or settled', detail: 'see trades' },
  ];
}

function step(done: boolean): Mark {
  return done ? 'met' : 'waiting';
}

/** The look that a person takes once a day, answered from what is known. */
export function checklistPanel(data: PageData): Html {
  return panel({ id: 'daily', title: 'Daily checklist', watch: data }, { ok: true, data }, () => {
    return html`<ul class="checks">${daily(data).map(({ mark, name, detail }) => item(mark, name, detail))}</ul>`;
  });
}

interface Item {
  readonly mark: Mark;
  readonly name: string;
  readonly detail: string;
}

function daily({ status, ledger, alerts, ai }: PageData): readonly Item[] {
  const failed = status.jobs.filter(({ lastOutcome }) => lastOutcome === 'failed' || lastOutcome === 'timed-out').map(({ name }) => name);
  const ran = status.jobs.some(({ lastRun }) => lastRun !== null);
  const { score } = status.health;
  const open = alerts.ok ? alerts.data.open.filter(({ acknowledgedAt }) => acknowledgedAt === null).length : undefined;
  const agrees = ledger.ok ? ledger.data.reconciliation.state : 'unknown';
  const spent = ai.ok && ai.data.spentToday !== null ? Number(ai.data.spentToday) <= Number(ai.data.budget) : undefined;
  return [
    { mark: mark(status.state === 'active'), name: 'Trading', detail: status.stateReason ?? status.state },
    { mark: score === null ? 'unknown' : mark(score >= 50), name: 'Health', detail: score === null ? 'unknown' : `${score}/100` },
    { mark: agrees === 'unknown' ? 'unknown' : mark(agrees === 'agrees'), name: 'Books agree', detail: agrees },
    {
      mark: open === undefined ? 'unknown' : mark(open === 0),
      name: 'Alerts seen',
      detail: open === undefined ? 'unknown' : `${open} wait for you`,
    },
    {
      mark: ran ? mark(failed.length === 0) : 'unknown',
      name: 'Jobs ran',
      detail: ran ? failedText(failed) : 'none has run yet',
    },
    {
      mark: spent === undefined ? 'unknown' : mark(spent),
      name: 'AI within budget',
      detail: spent === undefined ? 'unknown' : spent ? 'yes' : 'no',
    },
  ];
}

function failedText(failed: readonly string[]): string {
  return failed.length === 0 ? 'no last run failed' : `${failed.join(', ')} failed`;
}

function mark(fine: boolean): Mark {
  return fine ? 'met' : 'not-met';
}

function item(state: Mark, name: string, detail: string): Html {
  return html`<li class="${state}"><span class="mark" aria-hidden="true">${marks[state]}</span> <span><strong>${name}</strong> <span class="word">${state.replace('-', ' ')}</span><br><span class="small">${detail}</span></span></li>`;
}
