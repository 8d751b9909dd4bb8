import type { AiEconomics } from '../ai-economics.ts';
import { etDay } from '../et-day.ts';
import type { LearnedModel } from '../forecasting/learn.ts';
import type { Score } from '../forecasting/score.ts';
import type { Usd } from '../money.ts';
import { dollars, metricText, percent, plural, signedDollars } from '../words/amounts.ts';
import type { ReportSection } from '../words/report.ts';
import type { ProjectedCash } from './cash-projection.ts';
import type { ManualPattern } from './manual-patterns.ts';

/** Cash by the days positions resolve, and what may still be lost before the breaker halts: then, in the worst case, and now. */
export function cashSection(
  projected: readonly ProjectedCash[],
  headroom: Usd | undefined,
  roomAt: (equity: Usd | undefined) => Usd | undefined,
): ReportSection {
  const rows = projected.map(({ at, tickers, worst, best, worstEquity }): readonly [string, string] => [
    etDay(at),
    `${plural(tickers.length, 'position')} resolving: cash ${dollars(worst)} if all are lost, ${dollars(best)} if all are won; worst equity ${dollars(worstEquity, 'a market has no bid')}, room before the breaker then ${dollars(roomAt(worstEquity), 'not known')}`,
  ]);
  return { title: 'Cash ahead', rows: [...rows, ['Room before the drawdown breaker', dollars(headroom, 'no equity history')]] };
}

/** What profitable trades by hand have in common, beside the automated trades of the same kind. */
export function manualSection(patterns: readonly ManualPattern[]): ReportSection {
  const rows = patterns.map(({ trait, value, trades, pnl, winRate, lift, automated }): readonly [string, string] => {
    const theirs =
      automated.trades === 0 ? 'no automated trades' : `automated ${signedDollars(automated.pnl)} in ${plural(automated.trades, 'trade')}`;
    const mine = `${signedDollars(pnl)} in ${plural(trades, 'trade')}, won ${metricText(winRate, 'share')}, lift ${lift.toFixed(2)}`;
    return [`${trait} ${value}`, `${mine}; ${theirs}`];
  });
  return { title: 'Profitable by hand', rows: rows.length > 0 ? rows : [['Patterns', 'none with enough trades by hand']] };
}

/** What each model's forecasts are worth beside the price of the same moment. */
export function forecastSection(
  models: readonly { readonly name: string; readonly learned: LearnedModel; readonly score: Score | undefined }[],
): ReportSection {
  const rows = models.map(({ name, learned: { weight, state, test }, score }): readonly [string, string] => {
    const worth = `weight ${weight.toFixed(2)} (${state})`;
    if (!score) return [name, `${worth}, nothing settled`];
    const { brier, marketBrier, skill, calibrationError } = score;
    const versus = `Brier ${brier.toFixed(3)} against the price's ${marketBrier.toFixed(3)}, skill ${percent(skill, 'the price made no error')}`;
    return [name, `${worth}, ${plural(test.events, 'settled event')}, ${versus}, calibration error ${percent(calibrationError.value)}`];
  });
  return { title: 'Forecasts', rows: rows.length > 0 ? rows : [['Forecasts', 'none yet']] };
}

/** What the AI cost and what for. What simulated models would have cost is said, and counted nowhere. */
export function aiSection({ netPnl, perDecision, perTrade, perBrierPoint }: AiEconomics, simulated: Usd): ReportSection {
  return {
    title: 'Intelligence',
    rows: [
      ['P&L less AI and cloud', metricText(netPnl, 'usd')],
      ['AI per decision', metricText(perDecision, 'usd')],
      ['AI per trade', metricText(perTrade, 'usd')],
      ['AI per hundredth of Brier gained', metricText(perBrierPoint, 'usd')],
      ...(simulated > 0 ? [['Simulated models', `${dollars(simulated)} of invented money, not counted`] as const] : []),
    ],
  };
}
