import type { Alert } from '../domain/words/alert.ts';
import type { Due } from '../domain/words/passed-on.ts';

/** Where alerts go out: once a call, to all channels that are due. What became of it is a value, recorded and retried. */
export interface AlertChannel {
  send(alert: Alert, due: Due): Promise<{ readonly delivered: boolean; readonly detail?: string }>;
}
