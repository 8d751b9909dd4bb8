import type { Millis } from '../money.ts';
import type { Alert } from './alert.ts';
import { ageText, plural } from './amounts.ts';
import type { Channel } from './noise.ts';

/** To whom an alert goes at one moment. */
export interface Due {
  /** Those it goes to now; at least one. */
  readonly channels: readonly Channel[];
  /** Since when it has been so, where mail was told of it before and is not due now. */
  readonly since?: Millis;
}

const names: Readonly<Record<Channel, string>> = { dashboard: 'the page', email: 'mail', sms: 'the phone', webhook: 'the webhook' };

/**
 * First line of the mail where the alert is not mail's own: mail hears of whatever goes out, so it says why it comes.
 * `undefined` where mail is due itself.
 */
export function passedOnLine({ at }: Pick<Alert, 'at'>, { channels, since }: Due): string | undefined {
  if (channels.includes('email')) return undefined;
  const told = channels.map((channel) => names[channel]).join(' and ');
  if (since === undefined) return `For ${told}: mail hears of whatever goes out.`;
  return `Still so after ${lengthText(at - since)}: ${told} ${channels.length === 1 ? 'is' : 'are'} told now, too.`;
}

function lengthText(ms: Millis): string {
  const minutes = Math.round(ms / 60_000);
  return minutes < 90 ? plural(minutes, 'minute') : ageText(ms);
}
