import type { Alert } from '../domain/words/alert.ts';

/** Where an alert goes out. Each channel says what became of it; a failure is a value, recorded and retried. */
export interface AlertChannel {
  readonly name: string;
  send(alert: Alert): Promise<{ readonly delivered: boolean; readonly detail?: string }>;
}
