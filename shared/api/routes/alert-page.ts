import type { AlertPage } from '../../../dashboard/alert-page.ts';
import { actionToken } from './access.ts';
import { readAlertsAt } from './alerts.ts';
import type { Reading } from './reading.ts';
import { readStatus } from './status.ts';
import { isoTime } from './unknown.ts';

/** What was told at the moment that a message's link names: milliseconds since 1970, written with 36 digits. */
export async function readAlertPage(reading: Reading, moment: string): Promise<AlertPage> {
  const { io, now } = reading;
  const at = Number.parseInt(moment, 36);
  const [{ mode, state, stateReason }, alerts] = await Promise.all([readStatus(reading), readAlertsAt(reading, at)]);
  return { mode, state, stateReason, alerts, at: isoTime(at), token: actionToken(io.access), zone: io.settings.zone, now };
}
