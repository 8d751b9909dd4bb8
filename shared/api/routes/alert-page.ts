import type { AlertPage } from '../../../dashboard/alert-page.ts';
import type { Book } from '../../domain/book.ts';
import type { ToldAlert } from '../../jobs/alerts/deliver-alerts.ts';
import { HISTORY } from '../../jobs/alerts/deliver-alerts.ts';
import { actionToken } from './access.ts';
import { readAlertsAt } from './alerts.ts';
import type { Reading } from './reading.ts';
import { readStatus } from './status.ts';
import { isoTime } from './unknown.ts';

/**
 * What was told at the moment that a message's link names: milliseconds since 1970, written with 36 digits. The page is
 * about the book of the first of them, whatever book the system trades.
 */
export async function readAlertPage(read: (book: Book) => Reading, moment: string): Promise<AlertPage> {
  const at = Number.parseInt(moment, 36);
  const { io } = read('paper');
  const found = await io.store.records.list(HISTORY, { from: isoTime(at), to: `${isoTime(at)}~`, limit: 1 });
  const book = found.map(({ body }) => (body as ToldAlert).alert.book)[0] ?? io.settings.mode;
  const reading = read(book);
  const [{ state, stateReason }, alerts] = await Promise.all([readStatus(reading), readAlertsAt(reading, at)]);
  return { book, state, stateReason, alerts, at: isoTime(at), token: actionToken(io.access), zone: io.settings.zone, now: reading.now };
}
