import { addDays } from '../et-day.ts';
import type { ActionItem } from '../health/action-items.ts';
import { mergeActionItems } from '../health/action-items.ts';
import type { MetricUnit } from '../metrics/metric.ts';
import type { Usd } from '../money.ts';
import { dollars, percent, plural, signedDollars } from '../words/amounts.ts';
import type { StrategyFeedback } from './strategy-feedback.ts';

/** Something that the trades of a strategy say is wrong with it, and what to change. Its id is `strategy:metric`. */
export interface FeedbackItem extends ActionItem {
  readonly strategy: string;
}

/** Fewer closed trades than this say nothing. */
export const ENOUGH_TRADES = 20;
/** Trades of one exit reason below which it says nothing. */
const ENOUGH_EXITS = 10;
/** Least share of the predicted edge that should be kept. */
const KEPT = 0.5;
/** Most of the gross that fees may take, and of other exits' gains that one reason may lose. */
const HALF = 0.5;

type Found = Pick<FeedbackItem, 'severity' | 'metric' | 'value' | 'threshold' | 'finding' | 'steps'> & { readonly unit: MetricUnit };
type Rule = (feedback: StrategyFeedback) => readonly Found[];

/** Each rule looks at one fact. Adding one is adding a line. */
const rules: readonly Rule[] = [belowBreakEven, edgeLost, feesTooHigh, costlyExits];

/**
 * What to change, found again or anew: an item keeps the day it was first found, whatever the number of reports, and closes when
 * its metric has recovered. Too few trades close nothing. What closed today stays until tomorrow.
 */
export function feedbackItems(
  feedback: readonly StrategyFeedback[],
  previous: readonly FeedbackItem[],
  day: string,
): readonly FeedbackItem[] {
  const judged = feedback.filter(({ trades }) => trades >= ENOUGH_TRADES);
  const items = judged.flatMap((one) => rules.flatMap((rule) => rule(one)).map((found) => itemOf(one.strategy, found, day)));
  const known = new Set(judged.map(({ strategy }) => strategy));
  const unknown = previous.filter(({ strategy }) => !known.has(strategy)).map(({ id }) => id);
  const merged = mergeActionItems(previous, { day, items, unknown }) as readonly FeedbackItem[];
  const open = new Set(merged.map(({ id }) => id));
  return [...merged, ...previous.filter(({ id, closed }) => closed === day && !open.has(id))];
}

/** Trades of the last days to act on it: feedback is about the next trades, not about today. */
const DAYS = 7;

function itemOf(strategy: string, found: Found, day: string): FeedbackItem {
  return { ...found, strategy, id: `${strategy}:${found.metric}`, opened: day, due: addDays(day, DAYS) };
}

/** Even the best that chance allows wins too little. */
function belowBreakEven({ strategy, trades, winRate, breakEven }: StrategyFeedback): readonly Found[] {
  const { value, high } = winRate;
  if (high === undefined || breakEven.value === undefined || high >= breakEven.value) return [];
  return [
    {
      ...{ severity: 'HIGH', metric: 'win-rate', unit: 'share', value, threshold: breakEven.value },
      finding: `${strategy} won ${percent(value)} of ${plural(trades, 'trade')}, with luck at most ${percent(high)}; it breaks even at ${percent(breakEven.value)}`,
      steps: [
        `stop its entries until it is understood: strategies.${strategy}.rung = "off"`,
        'see how its trades ended: pilot pnl --by exit',
      ],
    },
  ];
}

/** It earns less than half of what its probabilities promise. */
function edgeLost({ strategy, predicted, captured, contracts }: StrategyFeedback): readonly Found[] {
  const { value: promised, n } = predicted;
  if (promised === undefined || captured.value === undefined || promised <= 0 || n < ENOUGH_TRADES) return [];
  const kept = captured.value / promised;
  if (kept >= KEPT) return [];
  const missing = Math.ceil((promised - captured.value) / contracts / 10_000);
  return [
    {
      ...{ severity: 'MEDIUM', metric: 'edge', unit: 'share', value: kept, threshold: KEPT },
      finding: `${strategy} made ${signedDollars(captured.value as Usd)} where its probabilities promised ${signedDollars(promised as Usd)}, ${percent(kept)} of it in ${plural(n, 'trade')}; at least ${percent(KEPT)} is expected`,
      steps: [`ask for more before it enters: ${missing}¢ a contract was missing, see strategies.${strategy} in pilot.config.ts`],
    },
  ];
}

/** More than half of what it makes goes to the exchange. */
function feesTooHigh({ strategy, feeShare, fees }: StrategyFeedback): readonly Found[] {
  const { value } = feeShare;
  if (value === undefined || value <= HALF) return [];
  return [
    {
      ...{ severity: 'MEDIUM', metric: 'fees', unit: 'share', value, threshold: HALF },
      finding: `fees of ${dollars(fees)} took ${percent(value)} of what ${strategy} made before them, limit ${percent(HALF)}`,
      steps: ['trade less often for more: ask for a wider edge', 'rest instead of taking, and let positions settle rather than sell them'],
    },
  ];
}

/** One way out loses more than half of what all others gain. A market that ended is no way out. */
function costlyExits({ strategy, exits }: StrategyFeedback): readonly Found[] {
  return exits.flatMap(({ key, trades, pnl }): readonly Found[] => {
    const gains = exits.reduce((gained, other) => gained + (other.key === key ? 0 : Math.max(0, other.pnl)), 0);
    if (key === 'settled' || trades < ENOUGH_EXITS || gains === 0 || -pnl <= HALF * gains) return [];
    return [
      {
        ...{ severity: 'LOW', metric: `exit-${key}`, unit: 'share', value: -pnl / gains, threshold: HALF },
        finding: `${strategy} lost ${dollars(-pnl as Usd)} in ${plural(trades, `${key} exit`)}, ${percent(-pnl / gains)} of what its other exits gained, limit ${percent(HALF)}`,
        steps: [`compare with holding on, and set it wider or smaller positions: strategies.${strategy}.exits in pilot.config.ts`],
      },
    ];
  });
}
