import { expect, test } from 'vitest';
import { passedOnLine } from '../../../shared/domain/words/passed-on.ts';

const MINUTE = 60_000;

test('mail that is due itself says nothing of others', () => {
  expect(passedOnLine({ at: 0 }, { channels: ['email', 'sms'] })).toBeUndefined();
});

test('mail that was told before hears how long it has been so, and who is told now', () => {
  const since = 1_000 * MINUTE;
  const line = (minutes: number) => passedOnLine({ at: since + minutes * MINUTE }, { channels: ['sms'], since });
  expect(line(15)).toBe('Still so after 15 minutes: the phone is told now, too.');
  expect(line(1)).toBe('Still so after 1 minute: the phone is told now, too.');
  expect(line(375)).toBe('Still so after 6h15m: the phone is told now, too.');
});

test('mail that the noise table leaves out hears whose message it is', () => {
  expect(passedOnLine({ at: 0 }, { channels: ['sms', 'webhook'] })).toBe('For the phone and the webhook: mail hears of whatever goes out.');
});
