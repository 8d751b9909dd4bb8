import type { StrategyFeedback } from '../analysis/strategy-feedback.ts';
import type { Usd } from '../money.ts';
import { dollars, metricText, percent, plural, signedDollars } from './amounts.ts';
import type { Feedback } from './report.ts';

/** What each strategy's closed trades say of it, a row each. */
export function feedbackRows({ strategies }: Feedback): readonly (readonly [string, string])[] {
  if (strategies.length === 0) return [['Strategies', 'no closed trades to learn from']];
  return strategies.map((feedback) => [feedback.strategy, feedbackText(feedback)]);
}

function feedbackText(feedback: StrategyFeedback): string {
  const { trades, pnl, winRate, breakEven, exits } = feedback;
  const out = exits.map(({ key, trades: count, pnl: made }) => `${count} ${key} ${signedDollars(made)}`).join(', ');
  return [
    `${plural(trades, 'trade')} ${signedDollars(pnl)}`,
    `won ${percent(winRate.value)}, break-even ${metricText(breakEven, 'share')}`,
    edgeText(feedback),
    feeText(feedback),
    `exits: ${out}`,
  ].join('; ');
}

function edgeText({ predicted, captured }: StrategyFeedback): string {
  if (predicted.value === undefined || captured.value === undefined) return `edge unknown (${predicted.why})`;
  return `made ${signedDollars(captured.value as Usd)} of ${signedDollars(predicted.value as Usd)} its probabilities promised`;
}

function feeText({ fees, feeShare }: StrategyFeedback): string {
  return feeShare.value === undefined ? `fees ${dollars(fees)}` : `fees ${dollars(fees)}, ${percent(feeShare.value)} of the gross`;
}
