import { describe, expect, it } from 'vitest';
import type { GateView } from '../../../shared/domain/risk/check.ts';
import { dollars } from '../../../shared/domain/risk/check.ts';
import type { CheckName } from '../../../shared/domain/risk/checks.ts';
import { gate } from '../../../shared/domain/risk/gate.ts';
import { NOON, plainTerms } from '../../fixtures/market-rows.ts';
import { aBook, anEntry, cents, contracts, defaultLimits, usd } from '../../fixtures/trading-desk.ts';

const fine: GateView = {
  order: anEntry(),
  status: 'active',
  terms: plainTerms,
  quote: { at: NOON, bid: cents(49), ask: cents(51), bidSize: contracts(500), askSize: contracts(500) },
  book: aBook(),
  limits: defaultLimits,
  lacks: new Set(),
  shardOpen: true,
  at: NOON,
};
const { category: _category, ...uncategorised } = anEntry();
const list = (changes: Partial<GateView['limits']['allow']>) => ({ categories: [], series: [], tickers: [], ...changes });
const lists = (allow: Partial<GateView['limits']['allow']>, deny: Partial<GateView['limits']['deny']> = {}) => ({
  limits: { ...defaultLimits, allow: list(allow), deny: list(deny) },
});

function said(check: CheckName, changes: Partial<GateView>): string | undefined {
  const result = gate({ ...fine, ...changes }).results.find((one) => one.check === check);
  return result && `${result.state}: ${result.detail}`;
}

describe('what a check says', () => {
  it.each<[CheckName, string, Partial<GateView>]>([
    ['withinMarket', 'pass: $5.00 of $30.00', {}],
    ['withinMarket', 'fail: $31.50 of $30.00', { book: aBook({ exposure: new Map([['market:KXA-1-T1', usd(26.5)]]) }) }],
    ['affordable', 'fail: leaves -$4.00, reserve $200.00', { book: aBook({ cash: usd(1) }) }],
    ['withinCategory', 'unknown: category unknown', { order: uncategorised }],
    ['withinTotal', 'not-applicable: no capital limit here', {}],
    ['withinSlippage', 'pass: limit 50¢, ask 51¢', {}],
    ['withinSlippage', 'fail: limit 53.5¢, ask 51¢', { order: anEntry({ price: cents(53.5) }) }],
    ['allowed', 'pass: no allow list', {}],
    ['allowed', 'pass: on the allow list', lists({ tickers: ['KXA-1-T1'] })],
    ['allowed', 'pass: on the allow list', lists({ series: ['KXA'] })],
    ['allowed', 'pass: on the allow list', lists({ categories: ['Climate'] })],
    ['allowed', 'fail: not on the allow list', lists({ tickers: ['KXB-1-T1'] })],
    ['allowed', 'fail: not on the allow list', lists({ series: ['KXB'], tickers: ['KXB-1-T1'], categories: ['Sports'] })],
    ['allowed', 'fail: not on the allow list', lists({ series: ['KXB'], tickers: ['KXB-1-T1'] })],
    ['allowed', 'fail: not on the allow list', lists({ series: ['KXB'], categories: ['Sports'] })],
    ['allowed', 'fail: not among the tickers of this run', { limits: { ...defaultLimits, only: ['KXB-1-T1'] } }],
    ['allowed', 'fail: on the deny list', lists({ tickers: ['KXA-1-T1'] }, { series: ['KXA'] })],
    ['allowed', 'fail: on the deny list', lists({}, { categories: ['Climate'] })],
    ['allowed', 'unknown: category unknown', { order: uncategorised, ...lists({}, { categories: ['Climate'] }) }],
    [
      'allowed',
      'not-applicable: no category here',
      { order: uncategorised, lacks: new Set(['category'] as const), ...lists({ categories: ['Climate'] }) },
    ],
    ['allowed', 'pass: no allow list', { order: uncategorised, ...lists({}, { series: ['KXB'] }) }],
    ['allowed', 'pass: on the allow list', { order: uncategorised, ...lists({ series: ['KXA'] }) }],
  ])('%s → %s', (check, words, changes) => expect(said(check, changes)).toBe(words));

  it('writes money with its sign before the dollar', () => {
    expect([0, 1_500_000, -1_500_000, -4_000].map(dollars)).toEqual(['$0.00', '$1.50', '-$1.50', '-$0.00']);
  });
});
