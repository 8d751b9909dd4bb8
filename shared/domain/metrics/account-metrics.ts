import type { Position } from '../position.ts';
import { mark } from './mark.ts';
import type { Metric, MetricSpec } from './metric.ts';
import { known, unknown } from './metric.ts';
import type { PeriodView } from './period.ts';
import { noBid } from './return-metrics.ts';

/** How the money stands now; the same in every period. */
export const accountMetrics = {
  positions: {
    label: 'Positions',
    unit: 'count',
    formula: 'markets held now',
    of: ({ input }) => known(input.ledger.positions.size, input.ledger.positions.size),
  },
  exposure: {
    label: 'Exposure',
    unit: 'usd',
    formula: 'cost and fees of what is held plus what resting buys hold: the most that can be lost',
    of: ({ input: { ledger, held } }) => {
      if (held === undefined) return unknown('open orders are not known');
      let paid = 0;
      for (const { cost, fees } of ledger.positions.values()) paid += cost + fees;
      return known(paid + held, ledger.positions.size);
    },
  },
  cashReserve: {
    label: 'Cash reserve',
    unit: 'share',
    formula: '(cash − what resting buys hold) ÷ value',
    of: (view) => ofEquity(view, (equity, held) => (view.input.ledger.cash - held) / equity),
  },
  capitalInUse: {
    label: 'Capital in use',
    unit: 'share',
    formula: '(value − cash + what resting buys hold) ÷ value',
    of: (view) => ofEquity(view, (equity, held) => (equity - view.input.ledger.cash + held) / equity),
  },
  largestPosition: {
    label: 'Largest position',
    unit: 'share',
    formula: 'bid value of the largest market held ÷ value',
    of: (view) => largest(view, ({ ticker }) => ticker),
  },
  largestEvent: {
    label: 'Largest event',
    unit: 'share',
    formula: 'bid value of the event with most money in it ÷ value',
    of: (view) => largest(view, ({ event }) => event),
  },
} as const satisfies Record<string, MetricSpec<PeriodView>>;

function ofEquity({ current, unmarked, input }: PeriodView, share: (equity: number, held: number) => number): Metric {
  if (current.equity === undefined) return noBid(unmarked);
  if (input.held === undefined) return unknown('open orders are not known');
  if (current.equity <= 0) return unknown('the book is empty');
  return known(share(current.equity, input.held), input.ledger.positions.size);
}

function largest({ input, current, unmarked }: PeriodView, keyOf: (position: Position) => string): Metric {
  if (input.ledger.positions.size === 0) return unknown('no positions');
  if (current.equity === undefined) return noBid(unmarked);
  if (current.equity <= 0) return unknown('the book is empty');
  const groups = new Map<string, number>();
  for (const position of input.ledger.positions.values()) {
    const key = keyOf(position);
    groups.set(key, (groups.get(key) ?? 0) + (mark(position, input.marks.get(position.ticker)) ?? 0));
  }
  return known(Math.max(...groups.values()) / current.equity, groups.size);
}
