import type { Millis } from '../money.ts';
import type { Alert, Moment } from '../words/alert.ts';
import { jobFailed, jobMissed } from '../words/system-alerts.ts';

/** A job that must have run well within so many minutes, else it is missed: the dead-man's switch. */
export interface WatchedJob {
  readonly job: string;
  readonly aliveWithinMinutes: number;
}

/** What is known of its runs, newest first. */
export interface JobRuns extends WatchedJob {
  readonly runs: readonly JobRun[];
}

export interface JobRun {
  readonly tick: string;
  readonly startedAt: Millis;
  readonly outcome?: 'ok' | 'failed' | 'skipped' | 'timed-out';
  readonly detail?: string;
}

const MINUTE = 60_000;

/** Jobs that have not ended well for too long. One that never ran counts from when the watch began. */
export function missedJobs(moment: Moment, jobs: readonly JobRuns[], watchedSince: Millis): readonly Alert[] {
  return jobs.flatMap(({ job, aliveWithinMinutes, runs }) => {
    const lastRun = runs.find(({ outcome }) => outcome === 'ok')?.startedAt;
    const dueAt = (lastRun ?? watchedSince) + aliveWithinMinutes * MINUTE;
    return moment.at > dueAt ? [jobMissed(moment, { job, dueAt, lastRun })] : [];
  });
}

/** Runs that failed since the last look. */
export function failedJobs(moment: Moment, jobs: readonly JobRuns[], since: Millis): readonly Alert[] {
  return jobs.flatMap(({ job, runs }) =>
    runs
      .filter(({ outcome, startedAt }) => startedAt > since && (outcome === 'failed' || outcome === 'timed-out'))
      .map(({ tick, outcome, detail }) => jobFailed(moment, { job, tick, error: detail ?? outcome ?? 'failed' })),
  );
}

/** Since when a job has not succeeded, and what the newest failure said; undefined when its newest run was fine. */
export function failingSince({ runs }: JobRuns): { readonly since: Millis; readonly error: string } | undefined {
  const ended = runs.filter(({ outcome }) => outcome !== undefined && outcome !== 'skipped');
  const [newest] = ended;
  if (newest === undefined || newest.outcome === 'ok') return undefined;
  const good = ended.findIndex(({ outcome }) => outcome === 'ok');
  const first = ended.at(good === -1 ? -1 : good - 1) ?? newest;
  return { since: first.startedAt, error: newest.detail ?? newest.outcome ?? 'failed' };
}
