import { type Bill, type BillLine, billOf } from './bill.ts';
import type { Measured, Prices } from './measured.ts';
import type { Resource } from './templates.ts';
import { usageApart, usageOf } from './usage.ts';

/** Dollars a month after the always-free tier, and how many alarms and metrics of our own the free tier holds. */
const BUDGET = { dollars: 1.5, alarms: 10, metrics: 10 } as const;

export interface Month extends Bill {
  readonly checkedOn: string;
  readonly region: string;
  /** Not the standing cost: the analyst, texts to phones, what you may switch on. */
  readonly apart: readonly BillLine[];
  readonly alarms: number;
  readonly metrics: number;
  /** Functions of which nothing is measured. */
  readonly estimated: readonly string[];
  readonly budget: typeof BUDGET;
  readonly ok: boolean;
}

/** What a month of the synthesized resources costs, and whether the budgets hold. */
export function monthOf(resources: readonly Resource[], measured: Measured, prices: Prices): Month {
  const bill = billOf(usageOf(resources, measured), prices);
  const apart = billOf(usageApart(measured), prices).lines;
  const alarms = units(bill, 'cloudwatch.alarm');
  const metrics = units(bill, 'cloudwatch.metric');
  const ok = bill.afterFree <= BUDGET.dollars && alarms <= BUDGET.alarms && metrics <= BUDGET.metrics;
  const estimated = Object.entries(measured.functions).flatMap(([name, { source }]) => (source.startsWith('estimate') ? [name] : []));
  const { checkedOn, region } = prices;
  return { checkedOn, region, ...bill, apart, alarms, metrics, estimated, budget: BUDGET, ok };
}

function units({ lines }: Bill, price: string): number {
  return lines.filter((line) => line.price === price).reduce((total, { quantity }) => total + quantity, 0);
}
