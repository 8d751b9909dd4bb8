import type { Prices } from './measured.ts';

/** So many units a month at one price. */
export interface Usage {
  readonly line: string;
  readonly price: string;
  readonly quantity: number;
}

/** Dollars a month, at list and after the always-free tier. */
export interface BillLine extends Usage {
  readonly list: number;
  readonly afterFree: number;
}

export interface Bill {
  readonly lines: readonly BillLine[];
  readonly list: number;
  readonly afterFree: number;
}

/** Prices usage. Free units are shared by the lines of one price in proportion. Throws when a price is unknown. */
export function billOf(usage: readonly Usage[], { prices }: Prices): Bill {
  const used = Map.groupBy(usage, ({ price }) => price);
  const lines = usage.map((each): BillLine => {
    const price = prices[each.price];
    if (!price) throw new Error(`${each.line}: no price "${each.price}". Fix: add it, with its source, to bench/cost/prices.json`);
    const total = sum(used.get(each.price) ?? [], ({ quantity }) => quantity);
    const charged = total > 0 ? Math.max(0, total - price.free) / total : 0;
    const list = each.quantity * price.dollars;
    return { ...each, list, afterFree: list * charged };
  });
  return { lines, list: sum(lines, ({ list }) => list), afterFree: sum(lines, ({ afterFree }) => afterFree) };
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
