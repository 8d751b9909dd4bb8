import type { Usd } from '../money.ts';
import { drawdown } from './drawdown.ts';
import { unrealisedPnl } from './mark.ts';
import type { Metric, MetricSpec } from './metric.ts';
import { known, sum, unknown } from './metric.ts';
import type { PeriodView } from './period.ts';
import { sharpe, sortino } from './sharpe.ts';

/** What the book made, how steadily, and how deep it fell. */
export const returnMetrics = {
  totalPnl: {
    label: 'Total P&L',
    unit: 'usd',
    formula: 'change of value (cash + positions at the bid) less deposits, net of fees',
    of: totalPnl,
  },
  realisedPnl: {
    label: 'Realised P&L',
    unit: 'usd',
    formula: 'proceeds less cost and fees of what was sold or settled',
    of: ({ base, current, trades }) => (typeof base === 'string' ? unknown(base) : known(current.realised - base.realised, trades.length)),
  },
  unrealisedPnl: {
    label: 'Unrealised P&L',
    unit: 'usd',
    formula: 'positions at the bid less their cost and entry fees, now',
    of: ({ input, unmarked }) => {
      const value = unrealisedPnl(input.ledger, input.marks);
      return value === undefined ? noBid(unmarked) : known(value, input.ledger.positions.size);
    },
  },
  netPnl: {
    label: 'P&L after AI and AWS',
    unit: 'usd',
    formula: 'total P&L less what AI and AWS cost',
    of: (view) => {
      const { value, n, why } = totalPnl(view);
      if (value === undefined) return unknown(why ?? 'total P&L is unknown', n);
      return view.costs === undefined
        ? unknown('costs are not recorded', n)
        : known(value - sum(view.costs.map(({ amount }) => amount)), n);
    },
  },
  totalReturn: {
    label: 'Return',
    unit: 'share',
    formula: 'product of the returns between equity points, deposits taken out',
    of: ({ growth, base, current, unmarked }) => {
      const [first, last] = [growth[0], growth.at(-1)];
      if (typeof base === 'string') return unknown(base);
      if (current.equity === undefined) return noBid(unmarked);
      if (!first || !last || first === last) return unknown('no equity history yet', growth.length);
      return known(last.index / first.index - 1, growth.length - 1, { from: first.at, to: last.at });
    },
  },
  roi: {
    label: 'ROI',
    unit: 'share',
    formula: 'total P&L ÷ (value at the start + money paid in since)',
    of: (view) => {
      const { value, n, why } = totalPnl(view);
      const { base, current } = view;
      if (value === undefined || typeof base === 'string') return unknown(why ?? 'total P&L is unknown', n);
      const capital = (base.equity ?? 0) + Math.max(current.deposits - base.deposits, 0);
      return capital > 0 ? known(value / capital, n) : unknown('no money at work', n);
    },
  },
  sharpe: {
    label: 'Sharpe',
    unit: 'ratio',
    formula: 'mean ÷ deviation of daily returns × √365, with its 95 % interval',
    of: ({ returns }) => sharpe(returns),
  },
  sortino: {
    label: 'Sortino',
    unit: 'ratio',
    formula: 'mean ÷ downside deviation of daily returns × √365',
    of: ({ returns }) => sortino(returns),
  },
  maxDrawdown: {
    label: 'Max drawdown',
    unit: 'share',
    formula: 'deepest fall of value from an earlier peak, deposits taken out',
    of: ({ growth }) => {
      const fall = drawdown(growth);
      return fall ? known(fall.max, growth.length, { from: fall.peakAt, to: fall.troughAt }) : unknown('no equity history yet');
    },
  },
  currentDrawdown: {
    label: 'Drawdown',
    unit: 'share',
    formula: 'fall of value from the highest so far',
    of: ({ growth, current, unmarked }) => {
      const fall = drawdown(growth);
      if (!fall) return unknown('no equity history yet');
      return current.equity === undefined ? noBid(unmarked) : known(fall.current, growth.length, { from: fall.highAt });
    },
  },
  recoveryTime: { label: 'Recovery', unit: 'duration', formula: 'from the bottom of the deepest fall back to its peak', of: recoveryTime },
} as const satisfies Record<string, MetricSpec<PeriodView>>;

export function noBid(tickers: readonly string[]): Metric {
  return unknown(`nobody bids for ${tickers.slice(0, 3).join(', ')}${tickers.length > 3 ? ` and ${tickers.length - 3} more` : ''}`);
}

function totalPnl({ base, current, unmarked, trades }: PeriodView): Metric {
  if (typeof base === 'string') return unknown(base);
  if (current.equity === undefined) return noBid(unmarked);
  if (base.equity === undefined) return unknown('a held market had no bid when the period began');
  const pnl = current.equity - current.deposits - (base.equity - base.deposits);
  return known(pnl as Usd, trades.length);
}

function recoveryTime({ growth }: PeriodView): Metric {
  const fall = drawdown(growth);
  if (!fall) return unknown('no equity history yet');
  if (fall.max === 0) return unknown('no drawdown to recover from', growth.length);
  if (fall.recoveredAt === undefined) return unknown('not recovered yet', growth.length);
  return known(fall.recoveredAt - fall.troughAt, growth.length, { from: fall.troughAt, to: fall.recoveredAt });
}
