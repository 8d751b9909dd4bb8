import type { Millis } from '../../domain/money.ts';
import type { Alert } from '../../domain/words/alert.ts';
import type { OpenAlert } from '../../domain/words/alert-policy.ts';
import { pageText } from '../../domain/words/screen.ts';
import type { ToldAlert } from '../../jobs/alerts/deliver-alerts.ts';
import { HISTORY } from '../../jobs/alerts/deliver-alerts.ts';
import { openAlerts } from '../../jobs/alerts/raise-alerts.ts';
import type { AlertJson, AlertsJson } from '../contract/running.ts';
import type { Reading } from './reading.ts';
import { isoTime } from './unknown.ts';

/** What wants attention now, and after it what was told, with what became of each delivery. */
export async function readAlerts(reading: Reading, limit: number): Promise<AlertsJson> {
  const [open, history] = await Promise.all([
    readOpenAlerts(reading),
    reading.io.store.records.list(HISTORY, { newestFirst: true, limit }),
  ]);
  return { open: open.map(openJson), history: history.map(({ body }) => toldJson(body as ToldAlert)) };
}

/** What was told at one moment, with whether it is still open: where the link of a message leads. */
export async function readAlertsAt(reading: Reading, at: Millis): Promise<readonly AlertJson[]> {
  const from = isoTime(at);
  const [open, told] = await Promise.all([readOpenAlerts(reading), reading.io.store.records.list(HISTORY, { from, to: `${from}~` })]);
  const byCause = new Map(open.map((one) => [one.alert.cause, openJson(one)]));
  return told.map(({ body }) => {
    const past = toldJson(body as ToldAlert);
    const now = byCause.get(past.cause);
    return now ? { ...past, open: true, since: now.since, acknowledgedAt: now.acknowledgedAt } : past;
  });
}

export function readOpenAlerts({ io, book }: Reading): Promise<readonly OpenAlert[]> {
  return openAlerts(io, book);
}

function openJson({ alert, since, acknowledgedAt, told }: OpenAlert): AlertJson {
  const deliveries = Object.entries(told).map(([channel, { at }]) => ({ channel, state: 'told', at: isoTime(at) }));
  return alertJson(alert, { open: true, since, acknowledgedAt: acknowledgedAt === undefined ? null : isoTime(acknowledgedAt), deliveries });
}

function toldJson({ alert, deliveries }: ToldAlert): AlertJson {
  const outlets = Object.entries(deliveries).map(([channel, { state, at }]) => ({ channel, state, at: isoTime(at) }));
  return alertJson(alert, { open: false, since: alert.at, acknowledgedAt: null, deliveries: outlets });
}

interface Course {
  readonly open: boolean;
  readonly since: Millis;
  readonly acknowledgedAt: string | null;
  readonly deliveries: AlertJson['deliveries'];
}

function alertJson(alert: Alert, { open, since, acknowledgedAt, deliveries }: Course): AlertJson {
  const { id, cause, at, type, headline, advice, commands } = alert;
  return {
    ...{ id, cause, at: isoTime(at), since: isoTime(since), type, open, acknowledgedAt, headline },
    ...{ text: pageText(alert), advice, commands: [...commands], deliveries },
  };
}
