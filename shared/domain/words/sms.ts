import type { Mode } from '../book.ts';
import type { Alert } from './alert.ts';
import { alertLink } from './alert.ts';
import { clip, gsm, sentence } from './plain-text.ts';

/** One GSM-7 message. */
const SMS_LENGTH = 160;
/** Room for the headline, and for what the system did, when everything is long. */
const HEADLINE = 60;
const ACTION = 72;
const ELSEWHERE = 'Details in email.';

/** The mode, and the book too where an alert is about another one: paper's troubles never read as live ones. */
export function modeLabel({ book }: Pick<Alert, 'book'>, mode: Mode): string {
  return book === mode ? mode.toUpperCase() : `${mode.toUpperCase()} (${book} book)`;
}

/**
 * Mode, state, number, what was done, what to do, in one segment. When it is too long the advice gives way first, then
 * the facts are cut; mode and headline always stay. `dashboardUrl`: ends with a link to the alert.
 */
export function smsText(alert: Alert, mode: Mode, dashboardUrl?: string): string {
  const start = `KALSHI ${modeLabel(alert, mode)}: ${sentence(clip(gsm(alert.headline), HEADLINE))}`;
  const [happened, done, advice] = [gsm(alert.happened), gsm(alert.done), gsm(alert.advice)];
  const link = dashboardUrl === undefined ? '' : alertLink(alert, dashboardUrl);
  const full = join(start, happened, done, advice, link);
  if (full.length <= SMS_LENGTH) return full;
  // Half a link leads nowhere.
  const end = link === '' || join(start, link).length > SMS_LENGTH ? ELSEWHERE : link;
  const brief = join(start, happened, done, end);
  if (brief.length <= SMS_LENGTH) return brief;
  const action = clip(done, Math.max(0, Math.min(ACTION, SMS_LENGTH - join(start, end).length - 1)));
  const room = SMS_LENGTH - join(start, action, end).length - 1;
  return clip(join(start, clip(happened, room), action, end), SMS_LENGTH);
}

function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}
