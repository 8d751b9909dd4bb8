import type { Mode } from '../book.ts';
import { EXCHANGE_ZONE } from '../et-day.ts';
import type { Alert, AlertType } from './alert.ts';
import { timeText } from './amounts.ts';
import { sentence } from './plain-text.ts';
import { modeLabel } from './sms.ts';

const marks: Readonly<Record<AlertType, string>> = { CRITICAL: '✗', WARNING: '!', SYSTEM_ERROR: '✗', WEEKLY_SUMMARY: '·', RESOLVED: '✓' };

/** One line for the console and the alert file. */
export function consoleLine(alert: Alert, mode: Mode, zone: string = EXCHANGE_ZONE): string {
  const { at, type } = alert;
  return `${timeText(at, zone)}  ${modeLabel(alert, mode)}  ${marks[type]} ${type.replace('_', ' ')}  ${pageText(alert)}`;
}

/** The whole alert as one paragraph; text, never markup. */
export function pageText({ headline, happened, done, advice }: Alert): string {
  return [sentence(headline), happened, done, advice].filter((part) => part !== '').join(' ');
}
