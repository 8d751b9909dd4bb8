import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OpenAlert } from '../../../shared/domain/words/alert-policy.ts';
import { alertPolicy } from '../../../shared/domain/words/alert-policy.ts';
import { digestSection } from '../../../shared/domain/words/digest.ts';
import type { Noise } from '../../../shared/domain/words/noise.ts';
import { defaultNoise } from '../../../shared/domain/words/noise.ts';
import { alert, everyKind, HOUR, MINUTE, round, story } from './alert-story.ts';

describe('who is told', () => {
  test('a halt goes everywhere at once', () => {
    expect(story([[0, round([alert('breaker', 'CRITICAL')])]])).toEqual(['CRITICAL breaker dashboard+email+sms+webhook']);
  });

  test('a critical risk check reaches phones after 15 minutes if it is still true', () => {
    const low = round([alert('cash-low', 'CRITICAL')]);
    expect(
      story([
        [0, low],
        [10 * MINUTE, low],
        [15 * MINUTE, low],
      ]),
    ).toEqual(['CRITICAL cash-low dashboard+email+webhook', '', 'CRITICAL cash-low sms']);
  });

  test('a warning is on the page and in the digest only', () => {
    const warning = alert('cash-low', 'WARNING');
    expect(story([[0, round([warning])]])).toEqual(['WARNING cash-low dashboard']);
    expect(alertPolicy([], round([warning]), 0, defaultNoise).digest).toEqual([warning]);
  });

  test('what is found again as it was is left as it was, until its words change', () => {
    const low = alert('cash-low', 'WARNING');
    const [first] = alertPolicy([], round([low]), 0, defaultNoise).open;
    if (!first) throw new Error('nothing is open');
    const found = (again: typeof low) => alertPolicy([first], round([again]), 10 * MINUTE, defaultNoise).open[0];
    expect(found({ ...low, id: 'later', at: 10 * MINUTE })).toBe(first);
    expect(found({ ...low, happened: 'cash is 4 %' })?.alert.happened).toBe('cash is 4 %');
  });

  test('a weekly summary is mailed, not texted, unless the table says so', () => {
    const week = round([alert('report', 'WEEKLY_SUMMARY')]);
    expect(story([[0, week]])).toEqual(['WEEKLY_SUMMARY report dashboard+email+webhook']);
    const asked: Noise = { ...defaultNoise, kinds: { ...defaultNoise.kinds, report: { ...defaultNoise.kinds.report, sms: 'now' } } };
    expect(story([[0, week]], asked)).toEqual(['WEEKLY_SUMMARY report dashboard+email+sms+webhook']);
  });

  test('phones get nothing but what is critical, whatever the table says', () => {
    const loud: Noise = { ...defaultNoise, warning: { dashboard: 'now', email: 'now', sms: 'now', webhook: 'now' } };
    expect(story([[0, round([alert('cash-low', 'WARNING')])]], loud)).toEqual(['WARNING cash-low dashboard+email+webhook']);
  });

  test('a muted kind or cause is on the page only, until the mute ends', () => {
    const low = round([alert('cash-low', 'CRITICAL')]);
    for (const name of ['cash-low', 'live:cash-low']) {
      expect(
        story(
          [
            [0, low],
            [HOUR, low],
          ],
          { ...defaultNoise, muted: { [name]: HOUR } },
        ),
      ).toEqual(['CRITICAL cash-low dashboard', 'CRITICAL cash-low email+sms+webhook']);
    }
  });
});

describe('how often', () => {
  test('once per cause in six hours, then again while it lasts', () => {
    const halt = round([alert('breaker', 'CRITICAL')]);
    expect(
      story([
        [0, halt],
        [10 * MINUTE, halt],
        [6 * HOUR - 1, halt],
        [6 * HOUR, halt],
      ]),
    ).toEqual(['CRITICAL breaker dashboard+email+sms+webhook', '', '', 'CRITICAL breaker dashboard+email+sms+webhook']);
  });

  test('worse news at once', () => {
    expect(
      story([
        [0, round([alert('sync', 'WARNING')])],
        [MINUTE, round([alert('sync', 'CRITICAL')])],
        [2 * MINUTE, round([alert('sync', 'WARNING')])],
      ]),
    ).toEqual(['WARNING sync dashboard', 'CRITICAL sync dashboard+email+sms+webhook', '']);
  });

  test('not again once a person has seen it, unless it gets worse', () => {
    const first = alertPolicy([], round([alert('sync', 'WARNING')]), 0, defaultNoise);
    const seen = first.open.map((known) => ({ ...known, acknowledgedAt: MINUTE }));
    expect(alertPolicy(seen, round([alert('sync', 'WARNING')]), 7 * HOUR, defaultNoise).send).toEqual([]);
    expect(alertPolicy(seen, round([alert('sync', 'CRITICAL')]), 7 * HOUR, defaultNoise).send[0]?.channels).toContain('sms');
  });

  test('one message for a cause found twice in a check, the worse one', () => {
    expect(story([[0, round([alert('sync', 'WARNING'), alert('sync', 'CRITICAL'), alert('sync', 'WARNING')])]])).toEqual([
      'CRITICAL sync dashboard+email+sms+webhook',
    ]);
  });

  test('what happens once is told once, and is news again after six hours', () => {
    const failed = round([alert('job-failed', 'SYSTEM_ERROR', 0, 'scan')]);
    const none = round([]);
    expect(
      story([
        [0, failed],
        [MINUTE, failed],
        [2 * MINUTE, none],
        [5 * HOUR, failed],
        [6 * HOUR, none],
        [7 * HOUR, failed],
      ]),
    ).toEqual(['SYSTEM_ERROR job-failed dashboard+email+webhook', '', '', '', '', 'SYSTEM_ERROR job-failed dashboard+email+webhook']);
  });
});

test('whatever comes, in whatever order: critical is always told, never twice in six hours, and RESOLVED ends what was told', () => {
  const kinds = ['breaker', 'cash-low', 'job-failed'] as const;
  const found = fc.record({
    minutes: fc.integer({ min: 1, max: 240 }),
    alerts: fc.array(fc.tuple(fc.constantFrom(...kinds), fc.constantFrom('CRITICAL' as const, 'WARNING' as const)), { maxLength: 3 }),
    judged: fc.subarray([...kinds]),
  });
  fc.assert(
    fc.property(fc.array(found, { maxLength: 25 }), (rounds) => {
      let at = 0;
      let open: readonly OpenAlert[] = [];
      const lastSms = new Map<string, number>();
      for (const { minutes, alerts, judged } of rounds) {
        at += minutes * MINUTE;
        const decision = alertPolicy(
          open,
          round(
            alerts.map(([kind, type]) => alert(kind, type, at)),
            judged,
          ),
          at,
          defaultNoise,
        );
        const critical = alerts.some(([kind, type]) => kind === 'breaker' && type === 'CRITICAL');
        for (const { alert: sent, channels } of decision.send) {
          if (!channels.includes('sms')) continue;
          if (sent.type === 'RESOLVED') {
            expect(lastSms.delete(sent.cause)).toBe(true);
          } else {
            expect(at - (lastSms.get(sent.cause) ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(6 * HOUR);
            lastSms.set(sent.cause, at);
          }
        }
        if (critical) expect(lastSms.has('live:breaker')).toBe(true);
        expect(new Set(decision.open.map(({ alert: { cause } }) => cause)).size).toBe(decision.open.length);
        open = decision.open;
      }
    }),
  );
});

test('every kind has its row in the table', () => {
  expect(new Set(Object.keys(defaultNoise.kinds))).toEqual(new Set(everyKind));
});

test('the digest tells each cause once, the latest of it, oldest first', () => {
  const digest = digestSection(
    [
      alert('new-market', 'WARNING', 2 * HOUR, 'B'),
      alert('price-drop', 'WARNING', HOUR, 'A'),
      alert('price-drop', 'WARNING', 3 * HOUR, 'A'),
    ],
    'UTC',
  );
  expect(digest).toEqual({
    title: 'Digest, 3 notices',
    rows: [
      ['Thu 1 Jan 03:00 UTC', 'WARNING price-drop. X. Y. (2 times)'],
      ['Thu 1 Jan 02:00 UTC', 'WARNING new-market. X. Y.'],
    ],
  });
});
