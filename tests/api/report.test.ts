import { expect, it } from 'vitest';
import { report } from '../../shared/api/contract/report.ts';
import { api } from '../../shared/api/routes/api.ts';
import { reportText } from '../../shared/domain/words/report-text.ts';
import { keepReport } from '../../shared/jobs/reports.ts';
import { aReport } from '../fixtures/a-report.ts';
import { aDesk } from './seeded-desk.ts';

function written(book: 'paper' | 'live', text: string) {
  return { ...aReport('daily', book), analysis: { text, struck: 0, model: 'grok-4.7', cost: undefined, tokens: undefined, seconds: 1 } };
}

it('page and mail say a report in the same words, each book its own, and none of them is markup', async () => {
  const { io, store } = aDesk();
  const app = api(io);
  const read = async () => report.parse(await (await app.request('/api/report')).json());
  expect(await read()).toMatchObject({ id: null, text: null, why: expect.stringContaining('pilot analyze') });
  const own = written('paper', 'All <b>well</b> & calm.');
  const id = await keepReport(store, own);
  await keepReport(store, written('live', 'Not for the paper book.'));
  expect(await read()).toEqual({
    ...{ id, at: new Date(own.at).toISOString(), kind: 'daily', summary: own.summary, why: null },
    text: reportText(own, 'paper', io.settings.zone),
  });
  const page = await (await app.request('/')).text();
  expect(page).toContain('All &lt;b&gt;well&lt;/b&gt; &amp; calm.');
  expect(page).not.toContain('Not for the paper book.');
});
