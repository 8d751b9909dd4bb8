import type { Millis } from '../money.ts';
import type { Alert } from './alert.ts';
import { alertKinds, alertOf } from './alert.ts';
import { ageText } from './amounts.ts';

/** The end of a lasting alert: how things stand, or what it was; what is so again; how long it was down. */
export function resolvedAlert(
  alert: Alert,
  { since, until, at }: { readonly since: Millis; readonly until: Millis; readonly at: Millis },
  reading?: string,
): Alert {
  const down = ageText(until - since);
  const [, , ...which] = alert.cause.split(':');
  const about = reading ?? [alertKinds[alert.kind].name, ...which].join(' ');
  const over = alertOf(
    { at, book: alert.book },
    {
      type: 'RESOLVED',
      kind: alert.kind,
      headline: `RESOLVED ${about}`,
      subject: about,
      happened: '',
      done: `${alert.restored ?? ''} Down ${down}`,
      advice: '',
      commands: ['pilot status'],
      values: { Was: alert.headline, Down: down },
    },
  );
  return { ...over, cause: alert.cause, id: `${new Date(at).toISOString()}:${alert.cause}` };
}
