import type { Mode } from '../book.ts';
import { EXCHANGE_ZONE } from '../et-day.ts';
import type { Alert } from './alert.ts';
import { alertKinds, alertLink } from './alert.ts';
import { timeText } from './amounts.ts';
import { ascii, capital, clip, sentence } from './plain-text.ts';
import { modeLabel } from './sms.ts';

export interface Email {
  readonly subject: string;
  readonly body: string;
}

const SUBJECT_LENGTH = 100;

/** Where the reader is: the zone of times, and the dashboard to link to, if there is one. */
export interface Reader {
  readonly zone?: string;
  readonly dashboardUrl?: string;
}

/** Plain text, in this order: what happened, what was done, state now, what to do, where to look, why this mail. */
export function emailText(alert: Alert, mode: Mode, { zone = EXCHANGE_ZONE, dashboardUrl }: Reader = {}): Email {
  const label = modeLabel(alert, mode);
  const about: string = alertKinds[alert.kind].about;
  const reason = `You are told when ${about}. To mute it: pilot alerts mute ${alert.kind}`;
  const more = dashboardUrl === undefined ? [] : [alertLink(alert, dashboardUrl)];
  if (alert.text !== undefined)
    return { subject: subjectText(alert.subject, label), body: `${[alert.text, ...more, reason].join('\n')}\n` };
  const sections = [
    [`KALSHI ${label}: ${alert.headline}`, timeText(alert.at, zone)],
    section('What happened', [alert.happened]),
    section('What the system did', [alert.done]),
    section('State now', tableLines(Object.entries(alert.values))),
    section('Do this next', [...(alert.steps ?? []).map((step) => sentence(capital(step))), ...alert.commands.slice(0, 3)]),
    section('More', [...more, 'pilot alerts']),
    section('Why you get this', [reason]),
  ];
  return {
    subject: subjectText(`${alert.type.replace('_', ' ')}: ${alert.subject}`, label),
    body: `${sections
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join('\n'))
      .join('\n\n')}\n`,
  };
}

/** ASCII and short, with the mode first: some carriers show nothing else. */
export function subjectText(text: string, label: string): string {
  return clip(`[KALSHI ${label}] ${ascii(text)}`, SUBJECT_LENGTH);
}

/** Names padded to one width. */
export function tableLines(rows: readonly (readonly [string, string | number])[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
}

function section(title: string, lines: readonly string[]): readonly string[] {
  const said = lines.filter((line) => line !== '');
  return said.length === 0 ? [] : [title, ...said.map((line) => `  ${line}`)];
}
