import type { Alert, AlertKind, Moment } from '../shared/domain/words/alert.ts';
import { alertKinds, alertOf } from '../shared/domain/words/alert.ts';

/** An alert of some kind that says of itself that it is a test. */
export function testAlert(kind: AlertKind, moment: Moment): Alert {
  const { name, about, lasts } = alertKinds[kind];
  return alertOf(moment, {
    type: 'CRITICAL',
    kind,
    subjectOf: 'test',
    headline: `TEST ${name}`,
    subject: `test, ${name}`,
    happened: 'You asked for a test; nothing is wrong',
    done: 'Nothing',
    advice: 'See: pilot alerts',
    commands: ['pilot alerts'],
    values: { Test: name, 'Told when': about },
    ...(lasts ? { restored: 'It was a test.' } : {}),
  });
}
