import { jobMissed } from '../domain/words/system-alerts.ts';
import { alertNow } from '../jobs/alerts/raise-alerts.ts';
import { alertParts } from './open-watch.ts';
import { openParts } from './parts.ts';

/** Tells, for a host that noticed it by itself, that a job has not ended well when it should have. */
export async function tellSilence(missed: {
  readonly job: string;
  readonly dueAt: number;
  readonly lastRun: number | undefined;
}): Promise<void> {
  const parts = await openParts();
  await alertNow(alertParts(parts), [jobMissed({ at: parts.clock.now(), book: parts.config.mode }, missed)]);
}
