import type { OpenAlert } from '../../shared/domain/words/alert-policy.ts';
import { ageText, plural, timeText } from '../../shared/domain/words/amounts.ts';
import { sentence } from '../../shared/domain/words/plain-text.ts';
import { pageText } from '../../shared/domain/words/screen.ts';
import type { ToldAlert } from '../../shared/jobs/alerts/deliver-alerts.ts';
import { HISTORY } from '../../shared/jobs/alerts/deliver-alerts.ts';
import { openAlerts } from '../../shared/jobs/alerts/raise-alerts.ts';
import { linesText } from './table.ts';
import type { View, ViewIo } from './view.ts';
import { isoTime, orNull } from './view.ts';

/** `pilot alerts`: what is open, and what was told, with what became of it. */
export async function alertsView({ store, book, now, zone }: ViewIo, limit: number): Promise<View> {
  const [open, records] = await Promise.all([openAlerts({ store }, book), store.records.list(HISTORY, { newestFirst: true, limit })]);
  const told = records.map(({ body }) => body as ToldAlert).filter(({ alert }) => alert.book === book);
  const history = told.map(({ alert, deliveries }) => {
    const ways = Object.entries(deliveries).map(([name, { state, detail }]) =>
      state === 'delivered' ? name : `${name}: ${state}${detail === undefined ? '' : `, ${detail}`}`,
    );
    return `  ${timeText(alert.at, zone)}  ${alert.type.padEnd(12)}  ${sentence(alert.headline)} ${alert.happened}${ways.length === 0 ? '' : `  [${ways.join('; ')}]`}`;
  });
  return {
    json: { open: open.map(openJson), history: told.map(({ alert, deliveries }) => ({ ...alert, at: isoTime(alert.at), deliveries })) },
    text: linesText([
      `${book.toUpperCase()} · ${plural(open.length, 'open alert')}`,
      '',
      ...(open.length === 0 ? ['  Nothing wants attention.'] : open.flatMap((known) => openLines(known, now))),
      '',
      ...(history.length === 0 ? ['  Nothing was told yet.'] : ['  Told, newest first', ...history]),
    ]),
  };
}

function openLines({ alert, since, acknowledgedAt }: OpenAlert, now: number): readonly string[] {
  const seen = acknowledgedAt === undefined ? '' : ', acknowledged';
  return [
    `  ${alert.type === 'WARNING' ? '!' : '✗'} ${alert.type.padEnd(12)}  ${pageText(alert)}`,
    `      for ${ageText(now - since)}${seen} · ${alert.cause}`,
  ];
}

function openJson({ alert, since, acknowledgedAt }: OpenAlert) {
  return { ...alert, at: isoTime(alert.at), since: isoTime(since), acknowledgedAt: orNull(acknowledgedAt, isoTime) };
}
