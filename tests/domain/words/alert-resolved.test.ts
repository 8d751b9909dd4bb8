import { describe, expect, test } from 'vitest';
import { alertPolicy } from '../../../shared/domain/words/alert-policy.ts';
import { defaultNoise } from '../../../shared/domain/words/noise.ts';
import { tradingResumed } from '../../../shared/domain/words/trading-alerts.ts';
import { alert, everyKind, HOUR, MINUTE, round, story } from './alert-story.ts';

describe('when it is over', () => {
  const halt = round([alert('breaker', 'CRITICAL')]);
  const none = round([]);

  test('everybody who was told hears RESOLVED, once it has been gone for ten minutes', () => {
    expect(
      story([
        [0, halt],
        [HOUR, none],
        [HOUR + 10 * MINUTE, none],
        [2 * HOUR, none],
      ]),
    ).toEqual(['CRITICAL breaker dashboard+email+sms+webhook', '', 'RESOLVED breaker dashboard+email+sms+webhook', '']);
  });

  test('nobody who was not told hears RESOLVED', () => {
    const low = round([alert('cash-low', 'CRITICAL')]);
    expect(
      story([
        [0, low],
        [10 * MINUTE, none],
        [20 * MINUTE, none],
      ]).at(-1),
    ).toBe('RESOLVED cash-low dashboard+email+webhook');
  });

  test('flapping is one alert', () => {
    expect(
      story([
        [0, halt],
        [5 * MINUTE, none],
        [10 * MINUTE, halt],
        [15 * MINUTE, none],
        [20 * MINUTE, halt],
      ]).slice(1),
    ).toEqual(['', '', '', '']);
  });

  test('what nobody could judge is not over', () => {
    const blind = round([], ['cash-low']);
    expect(
      story([
        [0, halt],
        [HOUR, blind],
        [2 * HOUR, blind],
        [3 * HOUR, none],
        [4 * HOUR, none],
      ]).slice(1),
    ).toEqual(['', '', '', 'RESOLVED breaker dashboard+email+sms+webhook']);
  });

  test('says how things stand and how long it took', () => {
    const first = alertPolicy([], round([alert('cash-low', 'CRITICAL')]), 0, defaultNoise);
    const gone = { alerts: [], judged: everyKind, readings: new Map([['cash-low', 'cash 17.2% (min 15%)']] as const) };
    const second = alertPolicy(first.open, gone, 130 * MINUTE, defaultNoise);
    const third = alertPolicy(second.open, gone, 140 * MINUTE, defaultNoise);
    expect(third.resolved).toMatchObject([
      { type: 'RESOLVED', cause: 'live:cash-low', headline: 'RESOLVED cash 17.2% (min 15%)', done: 'Down 2h10m.' },
    ]);
    expect(third.open).toEqual([]);
  });

  test('a resume by hand ends it at once', () => {
    const resumed = tradingResumed({ at: HOUR, book: 'live' }, { by: 'ann', reason: 'checked', stoppedAt: 0 });
    expect(
      story([
        [0, halt],
        [HOUR, round([resumed])],
        [2 * HOUR, none],
      ]),
    ).toEqual(['CRITICAL breaker dashboard+email+sms+webhook', 'RESOLVED breaker dashboard+email+sms+webhook', '']);
  });
});
