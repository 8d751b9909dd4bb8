import { notional } from '../money.ts';
import type { Metric, MetricSpec } from './metric.ts';
import { known, mean, sum, unknown } from './metric.ts';
import type { PeriodView } from './period.ts';

/** What trading cost, and what AI and AWS did. */
export const executionMetrics = {
  fees: {
    label: 'Fees',
    unit: 'usd',
    formula: 'as charged by the exchange',
    of: ({ executions }) => known(sum(executions.map(({ fill }) => fill.fee)), executions.length),
  },
  slippage: {
    label: 'Slippage',
    unit: 'price',
    formula: 'price paid beyond the executable quote of the decision, per contract; negative is better than quoted',
    of: slippage,
  },
  makerShare: {
    label: 'Filled as maker',
    unit: 'share',
    formula: 'contracts that filled a resting order ÷ all',
    of: ({ executions }) => {
      const all = sum(executions.map(({ fill }) => fill.count));
      const made = sum(executions.map(({ fill }) => (fill.role === 'maker' ? fill.count : 0)));
      return all === 0 ? unknown('no fills') : known(made / all, executions.length);
    },
  },
  turnover: {
    label: 'Turnover',
    unit: 'ratio',
    formula: 'value of all fills ÷ average value of the book',
    of: ({ executions, equities }) => {
      const average = equities.length === 0 ? 0 : mean(equities);
      if (average <= 0) return unknown('no marked equity', executions.length);
      return known(sum(executions.map(({ fill }) => notional(fill.price, fill.count))) / average, executions.length);
    },
  },
  aiCost: { label: 'AI cost', unit: 'usd', formula: 'what the models charged', of: (view) => costOf(view, 'ai') },
  awsCost: { label: 'AWS cost', unit: 'usd', formula: 'what the cloud costs by its price list', of: (view) => costOf(view, 'aws') },
  costPerTrade: {
    label: 'Cost of a trade',
    unit: 'usd',
    formula: '(fees + AI + AWS) ÷ closed trades',
    of: ({ executions, costs, trades }) => {
      if (costs === undefined) return unknown('costs are not recorded');
      if (trades.length === 0) return unknown('no closed trades');
      const spent = sum(executions.map(({ fill }) => fill.fee)) + sum(costs.map(({ amount }) => amount));
      return known(spent / trades.length, trades.length);
    },
  },
} as const satisfies Record<string, MetricSpec<PeriodView>>;

function slippage({ executions }: PeriodView): Metric {
  let worse = 0;
  let contracts = 0;
  let n = 0;
  for (const { fill, quoted } of executions) {
    if (quoted === undefined) continue;
    worse += (fill.action === 'buy' ? fill.price - quoted : quoted - fill.price) * fill.count;
    contracts += fill.count;
    n++;
  }
  return contracts === 0 ? unknown('no fill with a recorded quote') : known(worse / contracts, n);
}

function costOf({ costs }: PeriodView, kind: 'ai' | 'aws'): Metric {
  const some = costs?.filter((cost) => cost.kind === kind);
  return some === undefined ? unknown('costs are not recorded') : known(sum(some.map(({ amount }) => amount)), some.length);
}
