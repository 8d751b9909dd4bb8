import type { Mode } from '../book.ts';
import type { Alert } from './alert.ts';
import { clip, gsm, sentence } from './plain-text.ts';

/** One GSM-7 message. */
const SMS_LENGTH = 160;
/** Room for what the system did, when everything is long. */
const ACTION = 72;
const ELSEWHERE = 'Details in email.';

/** The mode, and the book too where an alert is about another one: paper's troubles never read as live ones. */
export function modeLabel({ book }: Pick<Alert, 'book'>, mode: Mode): string {
  return book === mode ? mode.toUpperCase() : `${mode.toUpperCase()} (${book} book)`;
}

/**
 * Mode, state, number, what was done, what to do, in one segment. When it is too long the advice gives way first, then
 * the facts are cut; mode and headline always stay.
 */
export function smsText(alert: Alert, mode: Mode): string {
  const start = `KALSHI ${modeLabel(alert, mode)}: ${sentence(gsm(alert.headline))}`;
  const [happened, done, advice] = [gsm(alert.happened), gsm(alert.done), gsm(alert.advice)];
  const full = join(start, happened, done, advice);
  if (full.length <= SMS_LENGTH) return full;
  const brief = join(start, happened, done, ELSEWHERE);
  if (brief.length <= SMS_LENGTH) return brief;
  const action = clip(done, ACTION);
  const room = SMS_LENGTH - join(start, action, ELSEWHERE).length - 1;
  return clip(join(start, clip(happened, room), action, ELSEWHERE), SMS_LENGTH);
}

function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}
