import type { StrategyFeedback } from '../analysis/strategy-feedback.ts';
import { dollars, metricText, percent, plural, signedDollars } from './amounts.ts';
import type { Feedback } from './report.ts';

/** What each strategy's closed trades say of it, a row each. */
export function feedbackRows({ strategies }: Feedback): readonly (readonly [string, string])[] {
  if (strategies.length === 0) return [['Strategies', 'no closed trades to learn from']];
  return strategies.map((feedback) => [feedback.strategy, feedbackText(feedback)]);
}

function feedbackText({ trades, pnl, winRate, breakEven, predicted, captured, fees, feeShare, exits }: StrategyFeedback): string {
  const edge =
    predicted.value === undefined || captured.value === undefined
      ? `edge unknown (${predicted.why ?? 'unknown'})`
      : `made ${signedDollars(Math.round(captured.value) as typeof pnl)} of ${signedDollars(Math.round(predicted.value) as typeof pnl)} its probabilities promised`;
  const out = exits.map(({ key, trades: count, pnl: made }) => `${count} ${key} ${signedDollars(made)}`).join(', ');
  return [
    `${plural(trades, 'trade')} ${signedDollars(pnl)}`,
    `won ${percent(winRate.value)}, break-even ${metricText(breakEven, 'share')}`,
    edge,
    feeShare.value === undefined ? `fees ${dollars(fees)}` : `fees ${dollars(fees)}, ${percent(feeShare.value)} of the gross`,
    `exits: ${out}`,
  ].join('; ');
}
