import type { JobJson } from '../../shared/api/contract/status.ts';
import { readJobs } from '../../shared/api/routes/timetable.ts';
import { ageText, timeText } from '../../shared/domain/words/amounts.ts';
import { linesText, tableText } from './table.ts';
import type { View, ViewIo } from './view.ts';

/** `pilot jobs`: the timetable, how each job last went, and when it is due. */
export async function jobsView({ store, config, now, zone, stopped }: ViewIo): Promise<View> {
  const clock = { now: () => now, sleep: async () => undefined };
  const jobs = await readJobs({ store, clock, settings: { times: { zone, alertMinutes: config.alerts.checkMinutes } } });
  const columns = ['Job', 'When', 'Last run', 'Outcome', 'Took', 'Next'].map((title) => ({ title }));
  const rows = jobs.map((job) => [job.name, job.trigger, lastText(job, now), job.lastOutcome ?? '-', tookText(job), nextText(job, zone)]);
  const off = stopped ? ['', '  No system runs here, so nothing is due: npm start'] : [];
  return { json: jobs, text: linesText([...tableText(columns, rows), ...off]) };
}

function lastText({ lastRun }: JobJson, now: number): string {
  return lastRun === null ? 'never' : `${ageText(now - Date.parse(lastRun))} ago`;
}

function tookText({ lastSeconds }: JobJson): string {
  return lastSeconds === null ? '-' : `${lastSeconds.toFixed(1)} s`;
}

function nextText({ nextRun }: JobJson, zone: string): string {
  return nextRun === null ? 'by hand' : timeText(Date.parse(nextRun), zone);
}
