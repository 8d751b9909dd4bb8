import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reviewActions } from '../../../shared/domain/health/action-items.ts';
import { health } from '../../../shared/domain/health/health.ts';
import type { Alert } from '../../../shared/domain/words/alert.ts';
import { alertKinds, marketName } from '../../../shared/domain/words/alert.ts';
import { emailText } from '../../../shared/domain/words/email.ts';
import { reconciliationBreak, syncFailing } from '../../../shared/domain/words/exchange-alerts.ts';
import { clip, gsm } from '../../../shared/domain/words/plain-text.ts';
import { resolvedAlert } from '../../../shared/domain/words/resolved.ts';
import { riskAlerts } from '../../../shared/domain/words/risk-alerts.ts';
import { consoleLine, pageText } from '../../../shared/domain/words/screen.ts';
import { smsText } from '../../../shared/domain/words/sms.ts';
import { jobMissed } from '../../../shared/domain/words/system-alerts.ts';
import { buysPaused, tradingHalted } from '../../../shared/domain/words/trading-alerts.ts';
import { facts, holding, NOW, portfolio, thresholds } from '../health/facts.ts';
import { everyAlert, failingHealth, longest, moment } from './every-alert.ts';

const breaker = {
  state: 'halted',
  cause: 'daily-loss',
  detail: 'day loss -$8.40 reached limit -$8.00',
  since: NOW,
  by: 'breaker',
  version: 2,
} as const;
const halted = tradingHalted(moment, breaker, { cancelled: 3, positions: 4 });
const sync = syncFailing(moment, { since: NOW - 25 * 60_000, error: 'Kalshi HTTP 503', everyMinutes: 5 });

function cashAlert(cash: number): { readonly alert: Alert | undefined; readonly readings: ReadonlyMap<string, string> | undefined } {
  const held = [holding('KXFED-26DEC-T3.75', 90, 57), holding('KXHIGHNY-26NOV21-B45', 40, 66), holding('KXCPI-26NOV-T0.3', 57, 41)];
  const found = facts({ portfolio: { at: NOW, value: portfolio(cash, held) } });
  const judged = health(found, thresholds);
  const round = riskAlerts(moment, { health: judged, facts: found, items: reviewActions(judged, found, thresholds).items, thresholds });
  return { alert: round.alerts.find(({ kind }) => kind === 'cash-low'), readings: round.readings };
}

describe('text messages', () => {
  test('say mode, state, number, what was done and what to do', () => {
    expect(smsText(halted, 'live')).toBe(
      'KALSHI LIVE: TRADING HALTED. Day loss -$8.40 reached limit -$8.00. 3 orders cancelled, 4 positions open. Open: pilot status. Resume: pilot resume',
    );
    expect(smsText(sync, 'live')).toBe(
      'KALSHI LIVE: sync failing 25 min (Kalshi HTTP 503). Positions may be stale, no new orders. Will retry every 5 min.',
    );
    const { alert } = cashAlert(10.58);
    expect(alert && smsText(alert, 'live')).toBe(
      'KALSHI LIVE: CASH LOW 9.5% (min 15%). Cash $10.58. New buys paused. Sell 21 KXFED-26DEC-T3.75 at 57c frees $11.97 before fees. Details in email.',
    );
  });

  test('say when it is over, how things stand and how long it took', () => {
    const { alert } = cashAlert(10.58);
    const reading = cashAlert(20.97).readings?.get('cash-low');
    const over = alert && resolvedAlert(alert, { since: NOW - 7_800_000, until: NOW, at: NOW }, reading);
    expect(over && smsText(over, 'live')).toBe('KALSHI LIVE: RESOLVED cash 17.2% (min 15%). New buys on again. Down 2h10m.');
    expect(smsText(resolvedAlert(sync, { since: NOW - 7_800_000, until: NOW, at: NOW }), 'live')).toBe(
      'KALSHI LIVE: RESOLVED sync failing. Positions are those of the exchange again. Down 2h10m.',
    );
  });

  test('never let paper’s troubles read as live ones', () => {
    expect(smsText({ ...halted, book: 'paper' }, 'live')).toMatch(/^KALSHI LIVE \(paper book\): TRADING HALTED/);
    expect(smsText({ ...halted, book: 'paper' }, 'paper')).toMatch(/^KALSHI PAPER: TRADING HALTED/);
  });

  test('fit one GSM-7 segment for every kind with the longest realistic values, headline and action included', () => {
    for (const alert of everyAlert(longest)) {
      const text = smsText(alert, 'demo');
      expect(text.length).toBeLessThanOrEqual(160);
      expect(text).toMatch(/^[ -~]*$/);
      expect(text).not.toMatch(/[[\]{}\\|~^`]/);
      expect(text).toContain(clip(gsm(alert.headline), 60));
      if (!says(alert.done, Object.values(longest))) expect(text).toContain(gsm(alert.done));
    }
  });

  test('end with a link to the alert where there is a page to open, and still fit', () => {
    for (const alert of everyAlert(longest)) {
      const text = smsText(alert, 'live', 'https://d111111abcdef8.cloudfront.net');
      expect(text.length).toBeLessThanOrEqual(160);
      expect(text.endsWith(` https://d111111abcdef8.cloudfront.net/a/${Math.floor(alert.at).toString(36)}`)).toBe(true);
      expect(text).toContain(clip(gsm(alert.headline), 60));
    }
    expect(smsText(halted, 'live', `https://${'x'.repeat(150)}.example`)).not.toContain('https');
  });

  test('fit one segment whatever a title, a ticker or an error says', () => {
    const outside = fc.string({ unit: 'binary', maxLength: 250 });
    fc.assert(
      fc.property(fc.record({ ticker: outside, title: outside, error: outside }), (texts) => {
        for (const alert of everyAlert(texts)) {
          const text = smsText(alert, 'live');
          expect(text.length).toBeLessThanOrEqual(160);
          expect(text).toMatch(/^KALSHI LIVE: [ -~]*$/);
          expect(text).not.toMatch(/[[\]{}\\|~^`]/);
          const { subject, body } = emailText(alert, 'live');
          expect(subject.length).toBeLessThanOrEqual(100);
          expect(subject).toMatch(/^\[KALSHI LIVE\] [ -~]*$/);
          expect(body.replaceAll('\n', '')).not.toMatch(/[\p{Cf}\p{Cc}]/u);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('every kind of alert has one that is raised', () => {
  expect(new Set(everyAlert(longest).map(({ kind }) => kind))).toEqual(new Set(Object.keys(alertKinds)));
});

test('every alert names what happened, what was done and a command, in a headline that is not cut', () => {
  for (const { type, headline, happened, done, commands, subject } of everyAlert(longest)) {
    expect(headline).not.toMatch(/\.\.\.$/);
    expect(subject.length * done.length * commands.length).toBeGreaterThan(0);
    expect(commands.length).toBeLessThanOrEqual(3);
    if (type !== 'RESOLVED') expect(happened.length).toBeGreaterThan(0);
    expect([headline, subject, happened, done].join(' ')).not.toMatch(/undefined|NaN|!|Infinity/);
  }
});

describe('mail', () => {
  test('goes from what happened to how to mute it', () => {
    const { subject, body } = emailText(halted, 'live', { dashboardUrl: 'https://pilot.example/' });
    expect(subject).toBe('[KALSHI LIVE] CRITICAL: trading halted, day loss -$8.40 (limit -$8.00)');
    expect(body).toBe(`KALSHI LIVE: TRADING HALTED
Fri 20 Nov 14:02 EST

What happened
  Day loss -$8.40 reached limit -$8.00.

What the system did
  3 orders cancelled, 4 positions open.

State now
  Why               day loss -$8.40 reached limit -$8.00
  Orders cancelled  3
  Positions open    4
  Halted by         breaker

Do this next
  pilot status
  pilot resume --reason TEXT

More
  https://pilot.example/a/mwpcijpc
  pilot alerts

Why you get this
  You are told when the breaker stops trading or new buys. To mute it: pilot alerts mute breaker
`);
  });

  test('lists each sale that would help', () => {
    const { alert } = cashAlert(2);
    const { body } = alert ? emailText(alert, 'live') : { body: '' };
    expect(body).toContain('Do this next\n  Sell 33 KXFED-26DEC-T3.75 at 57¢ frees $18.81 before fees.\n  pilot risk --fix\n');
  });

  test('is cut to a hundred ASCII characters of subject', () => {
    const { subject } = emailText(
      reconciliationBreak(moment, [{ what: 'position', ticker: longest.ticker, ledger: -1_234_567, exchange: 0 }]),
      'live',
    );
    expect(subject).toBe('[KALSHI LIVE] CRITICAL: books disagree, 1 difference (limit 0), 12345.67 NO here, 0 YES at...');
  });
});

test('the console and the page say the same on one line', () => {
  expect(consoleLine(sync, 'live')).toBe(
    'Fri 20 Nov 14:02 EST  LIVE  ✗ CRITICAL  sync failing 25 min (Kalshi HTTP 503). Positions may be stale, no new orders. Will retry every 5 min.',
  );
  expect(pageText(sync)).toBe('sync failing 25 min (Kalshi HTTP 503). Positions may be stale, no new orders. Will retry every 5 min.');
});

describe('causes', () => {
  test('are one per thing that is wrong, so the same alert made twice is one', () => {
    const missed = (job: string) => jobMissed(moment, { job, dueAt: NOW - 1e6, lastRun: undefined });
    expect(missed('scan').cause).toBe('live:job-missed:scan');
    expect(missed('scan').id).toBe(missed('scan').id);
    expect(missed('sync').cause).not.toBe(missed('scan').cause);
    expect(missed('scan').happened).toBe('Last run never.');
    const paused = buysPaused(moment, { ...breaker, state: 'reducing', cause: 'outage', detail: 'data is 95 s old, limit 90 s' });
    expect(paused.cause).toBe(halted.cause);
    expect(paused.subject).toBe('new buys paused, data is 95 s old (limit 90 s)');
    const { detail: _unsaid, ...silent } = breaker;
    expect(tradingHalted(moment, silent, { cancelled: 0, positions: 0 }).happened).toBe('Daily-loss.');
  });

  test('a sync that has failed for up to twenty minutes is a warning', () => {
    expect(syncFailing(moment, { since: NOW - 20 * 60_000, error: 'x', everyMinutes: 5 }).type).toBe('WARNING');
    expect(sync.type).toBe('CRITICAL');
  });

  test('a market’s name is its title as far as it fits and its ticker', () => {
    expect(marketName('KXFED-26DEC-T3.75', 'Fed cuts rates in December?')).toBe('Fed cuts rates in December? (KXFED-26DEC-T3.75)');
    expect(marketName('KXFED-26DEC-T3.75', longest.title)).toBe('Will the Federal Open... (KXFED-26DEC-T3.75)');
    expect(marketName('KXFED-26DEC-T3.75', undefined)).toBe('KXFED-26DEC-T3.75');
  });
});

describe('risk alerts', () => {
  test('come once per fact, from the check that counts', () => {
    const { alerts } = riskAlerts(moment, failingHealth('KXA-1-X'));
    expect(new Set(alerts.map(({ cause }) => cause)).size).toBe(alerts.length);
    expect(alerts.map(({ kind }) => kind)).toContain('cash-low');
  });

  test('do not judge what is unknown, nor what fails while another check of the fact counts', () => {
    const round = (more: Parameters<typeof facts>[0]) => {
      const found = facts(more);
      return riskAlerts(moment, { health: health(found, thresholds), facts: found, items: [], thresholds });
    };
    expect(round({ drawdown: undefined }).judged).not.toContain('drawdown');
    expect(round({ drawdown: 0 }).judged).toContain('drawdown');
    const low = round({ portfolio: { at: NOW, value: portfolio(5, [holding('KXA-1-X', 100, 95)]) } });
    expect(low.alerts.map(({ kind }) => kind)).toEqual(['cash-low', 'largest-position', 'health'].slice(0, low.alerts.length));
    expect(low.judged).toContain('cash-low');
    expect(low.judged).not.toContain('capital-in-use');
  });

  test('say that health is unknown, or below its minimum', () => {
    const word = (more: Parameters<typeof facts>[0]) => {
      const found = facts(more);
      return riskAlerts(moment, { health: health(found, thresholds), facts: found, items: [], thresholds }).alerts.find(
        ({ kind }) => kind === 'health',
      );
    };
    expect(word({ runs: undefined })).toMatchObject({
      type: 'WARNING',
      headline: 'HEALTH UNKNOWN',
      happened: 'Error-rate: unknown (no record of runs).',
    });
    expect(word({ drawdown: 0.5, syncedAt: 0, breaker: { state: 'halted', since: 0, by: 'x', version: 1 } })).toMatchObject({
      type: 'CRITICAL',
      headline: 'HEALTH 25 (min 50)',
    });
    expect(word({})).toBeUndefined();
  });
});

function says(text: string, outside: readonly string[]): boolean {
  return outside.some((from) => text.includes(from));
}
