import { html } from 'hono/html';
import type { PageData } from '../shared/api/contract/page.ts';
import { actionForm } from './action-form.ts';
import { duration, figure, plural } from './format.ts';
import type { Html } from './html.ts';
import { nothing } from './html.ts';
import { panel, row, table } from './panel.ts';
import { distance } from './time.ts';

/** What runs when, how the last run went, and a button to run it now. */
export function jobsPanel(data: PageData): Html {
  const { token, status } = data;
  return panel({ id: 'jobs', title: 'Jobs', watch: data, wide: true }, data.jobs, ({ jobs }) => {
    const word = status.mode.toUpperCase();
    const rows = jobs.map(({ name, about, trigger, lastRun, lastOutcome, lastSeconds, nextRun, runnable }) =>
      row([
        html`<strong>${name}</strong><br><span class="small">${about}</span>`,
        trigger,
        distance(lastRun, data),
        html`<span class="${lastOutcome === 'failed' || lastOutcome === 'timed-out' ? 'down' : ''}">${lastOutcome ?? '–'}</span>`,
        duration(lastSeconds),
        distance(nextRun, data, '–'),
        runnable ? actionForm({ name: `run-${name}`, label: 'Run now', token, word, will: [about] }) : nothing,
      ]),
    );
    return table('Jobs', ['Job', 'When', 'Last', 'Outcome', 'Took', 'Next', 'Do'], rows);
  });
}

/** What was promised over 30 days and how it is kept. */
export function levelsPanel(data: PageData): Html {
  return panel({ id: 'levels', title: 'Service levels, 30 days', watch: data }, data.jobs, ({ levels }) => {
    const rows = levels.map(({ name, goal, metric }) =>
      row([
        name,
        goal,
        metric.value === null ? `unknown (${metric.why ?? 'no reason given'})` : figure(metric.value, 'share'),
        plural(metric.n, 'time'),
      ]),
    );
    return table('Service levels', ['Promise', 'Goal', 'Kept', 'Of'], rows);
  });
}
