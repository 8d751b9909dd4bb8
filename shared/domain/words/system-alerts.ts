import type { Millis } from '../money.ts';
import type { Alert, Moment } from './alert.ts';
import { alertOf } from './alert.ts';
import { ageText, plural } from './amounts.ts';
import { clip } from './plain-text.ts';

export function jobMissed(
  moment: Moment,
  { job, dueAt, lastRun }: { readonly job: string; readonly dueAt: Millis; readonly lastRun: Millis | undefined },
): Alert {
  const late = ageText(moment.at - dueAt);
  const last = lastRun === undefined ? 'never' : `${ageText(moment.at - lastRun)} ago`;
  return alertOf(moment, {
    type: 'CRITICAL',
    kind: 'job-missed',
    subjectOf: job,
    headline: `JOB MISSED ${job}, ${late} late`,
    subject: `job ${job} missed, ${late} late`,
    happened: `Last run ${last}`,
    done: 'Nothing runs it but its schedule',
    advice: 'Run it: pilot run JOB',
    commands: ['pilot jobs', `pilot run ${job}`, 'pilot doctor'],
    values: { Job: job, Late: late, 'Last run': last },
    restored: 'It runs on schedule again.',
  });
}

export function jobFailed(
  moment: Moment,
  { job, tick, error }: { readonly job: string; readonly tick: string; readonly error: string },
): Alert {
  return alertOf(moment, {
    type: 'SYSTEM_ERROR',
    kind: 'job-failed',
    subjectOf: job,
    headline: `JOB FAILED ${job}`,
    subject: `job ${job} failed, ${clip(error, 50)}`,
    happened: clip(error, 200),
    done: 'The next tick runs as planned',
    advice: 'See: pilot logs',
    commands: [`pilot logs --job ${job}`, 'pilot doctor'],
    values: { Job: job, Tick: tick, Error: clip(error, 200) },
  });
}

export function deliveryFailed(
  moment: Moment,
  { channel, detail, undelivered }: { readonly channel: string; readonly detail: string; readonly undelivered: string },
): Alert {
  return alertOf(moment, {
    type: 'SYSTEM_ERROR',
    kind: 'delivery-failed',
    subjectOf: channel,
    headline: `ALERT NOT DELIVERED by ${channel}`,
    subject: `alert not delivered by ${channel}`,
    happened: `${undelivered}: ${detail}`,
    done: 'Tried again at each check',
    advice: 'Test it: pilot alerts test',
    commands: ['pilot alerts', 'pilot alerts test'],
    values: { Channel: channel, Alert: undelivered, Error: detail },
  });
}

export function aiWeightZero(
  moment: Moment,
  { model, settled, skill }: { readonly model: string; readonly settled: number; readonly skill: number | undefined },
): Alert {
  const measured = skill === undefined ? 'unknown' : skill.toFixed(3);
  return alertOf(moment, {
    type: 'WARNING',
    kind: 'ai-weight',
    subjectOf: model,
    headline: `AI WEIGHT 0 ${model}`,
    subject: `AI weight 0, skill ${measured} over ${settled} forecasts (needs more than 0)`,
    happened: `Skill against the market ${measured} over ${plural(settled, 'forecast')}`,
    done: 'The market price decides alone, forecasts are still scored',
    advice: 'See: pilot calibration',
    commands: ['pilot calibration', 'pilot ai'],
    values: { Model: model, Forecasts: settled, Skill: measured },
    restored: 'Its forecasts count again.',
  });
}

/** `expiresAt` in the past: the key no longer trades these categories. */
export function regionExpiry(moment: Moment, { expiresAt }: { readonly expiresAt: Millis }): Alert {
  const left = expiresAt - moment.at;
  const when = left > 0 ? `expires in ${ageText(left)}` : `expired ${ageText(-left)} ago`;
  return alertOf(moment, {
    type: left > 3 * 86_400_000 ? 'WARNING' : 'CRITICAL',
    kind: 'region-expiry',
    headline: `LOCATION CHECK ${when}`,
    subject: `location check ${when}`,
    happened: 'Without it the key may not trade Sports, Elections, Entertainment',
    done: 'Other markets trade on',
    advice: 'Confirm your location on kalshi.com',
    steps: ['sign in on kalshi.com and confirm your location'],
    commands: ['pilot doctor'],
    values: { 'Location check': when },
    restored: 'The location is confirmed.',
  });
}

export function schemaCanary(
  moment: Moment,
  { endpoint, missing, unknown }: { readonly endpoint: string; readonly missing: readonly string[]; readonly unknown: readonly string[] },
): Alert {
  const parts = [...missing.map((field) => `${field} missing`), ...unknown.map((field) => `${field} new`)];
  return alertOf(moment, {
    type: missing.length > 0 ? 'CRITICAL' : 'WARNING',
    kind: 'schema-canary',
    subjectOf: endpoint,
    headline: `API CHANGED ${plural(parts.length, 'field')}`,
    subject: `API changed, ${plural(parts.length, 'field')} of ${endpoint}`,
    happened: `${endpoint}: ${clip(parts.join(', '), 160)}`,
    done: 'What cannot be read is refused, never guessed',
    advice: 'See: pilot doctor',
    commands: ['pilot doctor'],
    values: { Endpoint: endpoint, Missing: missing.length, New: unknown.length },
    restored: 'Answers have their known shape again.',
  });
}

export function noTrades(
  moment: Moment,
  { since, nearestMiss }: { readonly since: Millis; readonly nearestMiss: string | undefined },
): Alert {
  const age = ageText(moment.at - since);
  return alertOf(moment, {
    type: 'WARNING',
    kind: 'no-trades',
    headline: `NO TRADES for ${age}`,
    subject: `no trades for ${age}`,
    happened: nearestMiss === undefined ? 'No market came near the filters' : `Nearest miss: ${nearestMiss}`,
    done: 'Scans go on',
    advice: 'See: pilot why',
    commands: ['pilot why', 'pilot scan --dry-run'],
    values: { 'No trade for': age },
    restored: 'It trades again.',
  });
}
