import { describe, expect, it } from 'vitest';
import type { FeedbackItem } from '../../../shared/domain/analysis/feedback-items.ts';
import { ENOUGH_TRADES, feedbackItems } from '../../../shared/domain/analysis/feedback-items.ts';
import type { JudgedTrade } from '../../../shared/domain/analysis/strategy-feedback.ts';
import { strategyFeedback } from '../../../shared/domain/analysis/strategy-feedback.ts';
import type { Contracts, Usd } from '../../../shared/domain/money.ts';
import { feedbackRows } from '../../../shared/domain/words/feedback-text.ts';

const usd = (dollars: number) => Math.round(dollars * 1_000_000) as Usd;

/** Ten contracts bought at 50 cents and thought to be worth 60, which settled as won; fees of 10 cents. */
function trade(change: Partial<JudgedTrade> = {}): JudgedTrade {
  const cost = change.cost ?? usd(5);
  const proceeds = change.proceeds ?? usd(10);
  const fees = change.fees ?? usd(0.1);
  return {
    ...{ ticker: 'T', event: 'E', strategy: 'dips', intent: 'k1', side: 'yes', count: 1_000 as Contracts, exit: 'settled', fair: 0.6 },
    ...{ openedAt: 0, closedAt: 1, ...change },
    ...{ cost, proceeds, fees, pnl: (proceeds - cost - fees) as Usd },
  };
}
const lost = (change: Partial<JudgedTrade> = {}) => trade({ proceeds: usd(0), ...change });
const many = (count: number, of: (change?: Partial<JudgedTrade>) => JudgedTrade, change: Partial<JudgedTrade> = {}) =>
  Array.from({ length: count }, () => of(change));
const found = (trades: readonly JudgedTrade[], previous: readonly FeedbackItem[] = [], day = '2026-11-20') =>
  feedbackItems(strategyFeedback(trades), previous, day);

describe('what the closed trades of a strategy say', () => {
  it('is its win rate beside its break-even, the edge kept of the edge predicted, fees and exits', () => {
    const { strategy: _, ...byHand } = trade();
    const [dips] = strategyFeedback([...many(6, trade), ...many(4, lost), byHand]);
    expect(dips).toMatchObject({ strategy: 'dips', trades: 10, contracts: 100, pnl: usd(9), fees: usd(1), winRate: { value: 0.6 } });
    expect(dips?.breakEven.value).toBeCloseTo(5.1 / (4.9 + 5.1), 9);
    expect([dips?.predicted.value, dips?.captured.value]).toEqual([usd(9), usd(9)]);
    expect(dips?.feeShare.value).toBeCloseTo(0.1, 9);
    expect(feedbackRows({ strategies: dips ? [dips] : [], items: [] })).toEqual([
      [
        'dips',
        '10 trades +$9.00; won 60%, break-even 51%; made +$9.00 of +$9.00 its probabilities promised; fees $1.00, 10% of the gross; exits: 10 settled +$9.00',
      ],
    ]);
  });

  it('judges the edge on trades whose worth was written down, and says where none was', () => {
    const [known] = strategyFeedback([trade(), lost({ fair: undefined })]);
    expect(known).toMatchObject({ predicted: { value: usd(0.9), n: 1 }, captured: { value: usd(4.9), n: 1 } });
    const [unknown] = strategyFeedback([trade({ fair: undefined })]);
    expect(unknown?.predicted).toMatchObject({ value: undefined, why: expect.stringContaining('written down') });
  });

  it('is of the newest trades', () => {
    const old = many(200, lost, { closedAt: 1 });
    expect(strategyFeedback([...old, ...many(200, trade, { closedAt: 2 })])).toMatchObject([{ trades: 200, winRate: { value: 1 } }]);
  });
});

describe('what to change', () => {
  it('is nothing while too few trades closed, or while all is well', () => {
    expect(found(many(ENOUGH_TRADES - 1, lost))).toEqual([]);
    expect(found([...many(30, trade), ...many(20, lost)])).toEqual([]);
  });

  it('is to stop a strategy that cannot break even with any luck, with the numbers it is judged by', () => {
    const [item] = found([...many(10, trade), ...many(40, lost)]);
    expect(item).toMatchObject({ id: 'dips:win-rate', severity: 'HIGH', value: 0.2, opened: '2026-11-20', due: '2026-11-27' });
    expect(item?.threshold).toBeCloseTo(0.51, 9);
    expect(item?.steps[0]).toContain('strategies.dips.rung = "off"');
  });

  it('is to ask for more where less than half of the promised edge was kept, and how much more', () => {
    const items = found([...many(21, trade, { fair: 0.7 }), ...many(19, lost, { fair: 0.7 })]);
    expect(items).toMatchObject([{ id: 'dips:edge', severity: 'MEDIUM', threshold: 0.5 }]);
    expect(items[0]?.value).toBeCloseTo((21 * 4.9 - 19 * 5.1) / (40 * 1.9), 9);
    expect(items[0]?.steps[0]).toContain('18¢ a contract was missing');
  });

  it('is about fees where they take most of what is made, and about one way out where it loses what others gain', () => {
    const dear = found(many(20, trade, { fees: usd(3), fair: undefined }));
    expect(dear).toMatchObject([{ id: 'dips:fees', value: 0.6, threshold: 0.5 }]);
    const stops = found([...many(20, trade, { exit: 'recovery', fair: undefined }), ...many(12, lost, { exit: 'stop', fair: undefined })]);
    expect(stops.map(({ id, severity }) => [id, severity])).toEqual([['dips:exit-stop', 'LOW']]);
    expect(found([...many(20, trade, { exit: 'recovery', fair: undefined }), ...many(12, lost, { fair: undefined })])).toEqual([]);
  });

  it('is said once over all reports: it keeps its first day, closes when it has recovered, and too few trades close nothing', () => {
    const bad = [...many(10, trade), ...many(40, lost)];
    const first = found(bad);
    const again = found(bad, first, '2026-11-22');
    expect(again.map(({ id, opened, due }) => [id, opened, due])).toEqual(first.map(({ id, opened, due }) => [id, opened, due]));
    expect(found([], again, '2026-11-23').every(({ closed }) => closed === undefined)).toBe(true);
    const well = [...many(30, trade), ...many(20, lost)];
    const closed = found(well, again, '2026-11-24');
    expect(closed.map(({ closed: day }) => day)).toEqual(again.map(() => '2026-11-24'));
    expect(found(well, closed, '2026-11-24')).toEqual(closed);
    expect(found(well, closed, '2026-11-25')).toEqual([]);
  });
});
