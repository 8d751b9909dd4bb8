import type { Alert, AlertKind } from '../../../shared/domain/words/alert.ts';
import { alertKinds, alertOf } from '../../../shared/domain/words/alert.ts';
import type { AlertDecision, AlertRound, OpenAlert } from '../../../shared/domain/words/alert-policy.ts';
import { alertPolicy } from '../../../shared/domain/words/alert-policy.ts';
import type { Noise } from '../../../shared/domain/words/noise.ts';
import { defaultNoise } from '../../../shared/domain/words/noise.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export function alert(kind: AlertKind, type: Alert['type'], at = 0, subjectOf?: string): Alert {
  const parts = { type, kind, headline: kind, subject: kind, happened: 'x', done: 'y', advice: '', commands: ['pilot status'], values: {} };
  return alertOf({ at, book: 'live' }, subjectOf === undefined ? parts : { ...parts, subjectOf });
}

export const everyKind = Object.keys(alertKinds) as AlertKind[];
export const round = (alerts: readonly Alert[], judged: readonly AlertKind[] = everyKind): AlertRound => ({ alerts, judged });

/** Runs checks one after another and says, per check, which channels were told what. */
export function story(steps: readonly (readonly [number, AlertRound])[], noise: Noise = defaultNoise) {
  let open: readonly OpenAlert[] = [];
  return steps.map(([at, found]) => {
    const decision: AlertDecision = alertPolicy(open, found, at, noise);
    open = decision.open;
    return decision.send.map(({ alert: { type, kind }, channels }) => `${type} ${kind} ${channels.join('+')}`).join(', ');
  });
}
