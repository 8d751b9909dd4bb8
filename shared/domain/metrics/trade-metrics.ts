import type { Trade } from '../position.ts';
import type { Metric, MetricSpec } from './metric.ts';
import { known, mean, sum, unknown } from './metric.ts';
import type { PeriodView } from './period.ts';
import { breakEvenWinRate, winRate } from './win-rate.ts';

/** Trades per origin before their win rates may be compared. */
const COMPARABLE_TRADES = 10;

/** A trade without an intent of ours was made by hand. */
export function isManual({ intent }: Pick<Trade, 'intent'>): boolean {
  return intent === undefined;
}

/** What the trades closed in the period say. */
export const tradeMetrics = {
  trades: {
    label: 'Trades',
    unit: 'count',
    formula: 'positions sold out or settled',
    of: ({ trades }) => known(trades.length, trades.length),
  },
  winRate: {
    label: 'Win rate',
    unit: 'share',
    formula: 'trades that made money net of fees ÷ all, with Wilson’s 95 % interval',
    of: ({ trades }) => winRate(trades),
  },
  breakEvenWinRate: {
    label: 'Break-even win rate',
    unit: 'share',
    formula: 'average loss ÷ (average win + average loss)',
    of: ({ trades }) => breakEvenWinRate(trades),
  },
  profitFactor: { label: 'Profit factor', unit: 'ratio', formula: 'money won ÷ money lost', of: profitFactor },
  expectancy: {
    label: 'Expectancy',
    unit: 'usd',
    formula: 'average P&L of a trade, net of fees',
    of: ({ trades }) =>
      average(
        trades.map(({ pnl }) => pnl),
        'no closed trades',
      ),
  },
  averageWin: {
    label: 'Average win',
    unit: 'usd',
    formula: 'average P&L of the trades that made money',
    of: ({ trades }) =>
      average(
        trades.flatMap(({ pnl }) => (pnl > 0 ? [pnl] : [])),
        'no winning trade',
      ),
  },
  averageLoss: {
    label: 'Average loss',
    unit: 'usd',
    formula: 'average P&L of the trades that lost money',
    of: ({ trades }) =>
      average(
        trades.flatMap(({ pnl }) => (pnl < 0 ? [pnl] : [])),
        'no losing trade',
      ),
  },
  meanHold: {
    label: 'Mean hold',
    unit: 'duration',
    formula: 'average time from opening to close',
    of: ({ trades }) => average(trades.map(holdTime), 'no closed trades'),
  },
  medianHold: {
    label: 'Median hold',
    unit: 'duration',
    formula: 'middle time from opening to close',
    of: ({ trades }) => median(trades.map(holdTime)),
  },
  manualWinRate: {
    label: 'Win rate by hand',
    unit: 'share',
    formula: 'win rate of trades made by hand',
    of: ({ trades }) => winRate(trades.filter(isManual)),
  },
  automatedWinRate: {
    label: 'Win rate automated',
    unit: 'share',
    formula: 'win rate of trades made by strategies',
    of: ({ trades }) => winRate(trades.filter((trade) => !isManual(trade))),
  },
  winRateGap: {
    label: 'Manual less automated',
    unit: 'share',
    formula: 'win rate by hand less automated, both from at least 10 trades',
    of: ({ trades }) => winRateGap(trades),
  },
} as const satisfies Record<string, MetricSpec<PeriodView>>;

export function holdTime({ openedAt, closedAt }: Pick<Trade, 'openedAt' | 'closedAt'>): number {
  return closedAt - openedAt;
}

function winRateGap(trades: readonly Trade[]): Metric {
  const manual = winRate(trades.filter(isManual));
  const automated = winRate(trades.filter((trade) => !isManual(trade)));
  const n = Math.min(manual.n, automated.n);
  if (manual.value === undefined || automated.value === undefined || n < COMPARABLE_TRADES) {
    return unknown(`needs ${COMPARABLE_TRADES} trades of each kind: ${manual.n} by hand, ${automated.n} automated`, n);
  }
  return known(manual.value - automated.value, n);
}

function profitFactor({ trades }: PeriodView): Metric {
  if (trades.length === 0) return unknown('no closed trades');
  const lost = sum(trades.map(({ pnl }) => Math.max(-pnl, 0)));
  return lost === 0
    ? unknown('no losing trade', trades.length)
    : known(sum(trades.map(({ pnl }) => Math.max(pnl, 0))) / lost, trades.length);
}

function average(values: readonly number[], why: string): Metric {
  return values.length === 0 ? unknown(why) : known(mean(values), values.length);
}

function median(values: readonly number[]): Metric {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  return upper === undefined || lower === undefined ? unknown('no closed trades') : known((lower + upper) / 2, sorted.length);
}
