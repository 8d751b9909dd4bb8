import { describe, expect, test } from 'vitest';
import { mergeActionItems, reviewActions } from '../../../shared/domain/health/action-items.ts';
import { health } from '../../../shared/domain/health/health.ts';
import { performance } from '../../../shared/domain/metrics/performance.ts';
import type { Report } from '../../../shared/domain/words/report.ts';
import { makeReport } from '../../../shared/domain/words/report.ts';
import { reportFacts } from '../../../shared/domain/words/report-facts.ts';
import { reportEmail, reportText, weeklySummary } from '../../../shared/domain/words/report-text.ts';
import { strikeUnknownNumbers } from '../../../shared/domain/words/strike-numbers.ts';
import { facts, NOW, rate, seedPortfolio, thresholds } from '../health/facts.ts';
import { cents, DAY, deposit, fillOf, lots, performanceOf, usd } from '../metrics/portfolio.ts';
import { moment } from './every-alert.ts';

function seedReport(kind: Report['kind'] = 'daily'): Report {
  const found = facts({
    portfolio: { at: NOW, value: seedPortfolio },
    winRates: { all: rate(0, 20), manual: rate(undefined, 0), automated: rate(0, 20) },
  });
  const judged = health(found, thresholds);
  const entries = [
    deposit(100, NOW - 40 * DAY),
    fillOf({ ticker: 'KXA-1-X', at: NOW - 2 * DAY, price: cents(40), count: lots(20), fee: usd(0.34) }),
    { kind: 'settlement', id: 's', at: NOW - DAY, ticker: 'KXA-1-X', yesValue: usd(1) } as const,
  ];
  return makeReport({
    kind,
    book: 'paper',
    health: judged,
    performance: performance(performanceOf(entries, { costs: [{ at: NOW, kind: 'ai', amount: usd(0.05) }] })),
    actionItems: mergeActionItems([], reviewActions(judged, found, thresholds)),
    funnel: { scans: 96, seen: 533, dropped: { volume: 402, price: 61 }, candidates: 70, signals: 7, orders: 2 },
    feedback: { strategies: [], items: [] },
    sections: [{ title: 'Projected cash', rows: [['2026-11-27', '$42.10']] }],
  });
}

describe('a report', () => {
  test('is complete without a model, in the order people read it', () => {
    const text = reportText(seedReport(), 'paper');
    const titles = text.split('\n').filter((line) => /^\S/.test(line));
    expect(titles).toEqual([
      'KALSHI PAPER: daily report',
      'Fri 20 Nov 14:02 EST',
      'Health 55/100, 1 critical, 2 warnings. P&L unknown (no equity was recorded in the day before the period began) today, +$11.66 in 7 days, +$11.66 all. 3 action items.',
      'Health',
      'P&L, net of fees',
      'Performance, all',
      'By strategy',
      'Exits',
      'What closed trades say',
      'Scans of the last 24 hours',
      'Projected cash',
      'Do this',
      'Analysis',
    ]);
    expect(text).toContain("  Score 55 = 100 - 25 - 10 - 10 (critical); by seed 000's rule, which counts one fact under two names: 15\n");
    expect(text).toContain(
      '  CRITICAL by 2026-11-21: cash $9.84 is 8.6%, needs 15%\n    - sell 20 KXBIG-1-X at 57.9¢ frees $11.58 before fees\n',
    );
    expect(text).toContain('  No model text for this report; everything above is computed.\n');
    expect(text).toContain('  dip  +$11.66, 1 trade, won 100% (20.7% to 100%)\n');
    expect(text).toContain('  dropped: volume  402\n');
    expect(text).not.toMatch(/undefined|NaN|null/);
  });

  test('puts the model’s words last, with what they cost and how many numbers were struck', () => {
    const analysis = { text: 'Cash is low.\n', struck: 2, model: 'grok-4.7', cost: usd(0.0123), tokens: 4200, seconds: 27.44 };
    expect(reportText({ ...seedReport(), analysis }, 'paper')).toMatch(
      /Analysis\nCash is low\.\n\ngrok-4\.7, \$0\.01, 4200 tokens, 27\.4 s; 2 numbers struck: not among those above\n$/,
    );
    const unpriced = { ...analysis, struck: 0, cost: undefined, tokens: undefined };
    expect(reportText({ ...seedReport(), analysis: unpriced }, 'paper')).toContain(
      'grok-4.7, unknown (price unknown), unknown tokens, 27.4 s; every number is one of those above',
    );
  });

  test('says closed items, an unknown score and missing scans as such', () => {
    const report = seedReport();
    const [first] = report.actionItems;
    const odd: Report = {
      ...report,
      healthScore: undefined,
      seedScore: undefined,
      funnel: undefined,
      actionItems: first ? [{ ...first, closed: '2026-11-20' }] : [],
    };
    const text = reportText(odd, 'paper');
    expect(text).toContain("Score unknown (critical); by seed 000's rule, which counts one fact under two names: unknown");
    expect(text).toContain('no scan was recorded');
    expect(text).toContain('closed 2026-11-20: cash-reserve has recovered');
    expect(reportText({ ...report, actionItems: [] }, 'paper')).toContain('Do this\n  nothing\n');
    expect(reportText({ ...report, reason: 'drawdown' }, 'paper')).toContain('\nAsked for: drawdown\n');
  });

  test('is mailed with health and the day’s profit in its subject', () => {
    const { subject, body } = reportEmail(seedReport('emergency'), 'live');
    expect(subject).toMatch(/^\[KALSHI LIVE \(paper book\)\] Emergency report 2026-11-20: health 55, P&L unknown/);
    expect(subject.length).toBeLessThanOrEqual(100);
    expect(body).toBe(reportText(seedReport('emergency'), 'live'));
  });

  test('of a week is also a summary of a few words', () => {
    expect(weeklySummary(moment, seedReport('weekly'))).toMatchObject({
      type: 'WEEKLY_SUMMARY',
      cause: 'live:report:weekly-2026-11-20',
      done: '1 trade closed, fees $0.34.',
      steps: [
        'CRITICAL by 2026-11-21: cash $9.84 is 8.6%, needs 15%',
        'HIGH by 2026-11-23: 16 positions, limit 12',
        'HIGH by 2026-11-23: KXBIG-1-X is 10.1% of value, limit 10%',
      ],
    });
  });

  test('survives JSON', () => {
    const report = seedReport();
    expect(reportText(JSON.parse(JSON.stringify(report)), 'paper')).toBe(reportText(report, 'paper'));
  });
});

describe('a text about a report', () => {
  const known = reportFacts(seedReport(), ['KXBIG-1-X', 'grok-4.7']);
  const struck = (text: string) => strikeUnknownNumbers(text, known).struck;

  test('may cite what was computed, rounded as it likes', () => {
    const text = `1. Health is 55 (seed score 15). Cash of $9.84, only 8.6% or 9% of value, needs 15%; capital use is 91.4%.
2. KXBIG-1-X is 10.12 percent. Sell 20 at 57.9¢ to free $11.58 by 2026-11-21, that is Nov 21 (21 November 2026).
3. Win rate 100% on 1 trade, profit +$11.66 and $12 in all, written by grok-4.7 at 14:02; of 533 markets 402 lacked volume.`;
    expect(struck(text)).toEqual([]);
  });

  test('may not cite anything else', () => {
    expect(struck('Expect a return of 37.5% and $250 by December 25 with a Sharpe of 2.71.')).toEqual([
      '37.5%',
      '$250',
      'December 25',
      '2.71',
    ]);
    expect(struck('Cash is 9.84%, value $91.40, loss -$11.66.')).toEqual(['9.84%', '$91.40', '-$11.66']);
    expect(strikeUnknownNumbers('Cash $9.85 on 2026-12-24 at 09:17 in KXFAKE-77.', known)).toEqual({
      text: 'Cash [struck] on [struck] at [struck] in KXFAKE-[struck].',
      struck: ['$9.85', '2026-12-24', '09:17', '77'],
      checked: 4,
    });
  });

  test('does not count the model’s own numbers as computed', () => {
    const analysis = { text: 'up 77.7%', struck: 0, model: 'm', cost: undefined, tokens: undefined, seconds: 1 };
    const own = reportFacts({ ...seedReport(), analysis });
    expect(strikeUnknownNumbers('up 77.7%', own).struck).toEqual(['77.7%']);
  });
});
