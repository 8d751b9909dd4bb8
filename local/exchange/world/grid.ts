import type { PriceRange } from '../../../shared/domain/market.ts';
import { snapDown, snapUp, tickAt } from '../../../shared/domain/market.ts';
import type { Price } from '../../../shared/domain/money.ts';

const edged = (edge: number, step: number, centre: number): readonly PriceRange[] => [
  range(0, edge, step),
  range(edge, 10_000 - edge, centre),
  range(10_000 - edge, 10_000, step),
];

/** Valid prices by structure, as the exchange publishes them. Source: its price level structure page. */
const structures: Readonly<Record<string, readonly PriceRange[]>> = {
  linear_cent: [range(0, 10_000, 100)],
  deci_cent: [range(0, 10_000, 10)],
  tapered_deci_cent: edged(1_000, 10, 100),
  center_whole_edge_half_cent: edged(1_000, 50, 100),
  center_whole_edge_quint_cent: edged(1_000, 20, 100),
  center_half_edge_half_cent: [range(0, 10_000, 50)],
  center_half_edge_quint_cent: edged(1_000, 20, 50),
  center_half_edge_deci_cent: edged(1_000, 10, 50),
  center_quint_edge_quint_cent: [range(0, 10_000, 20)],
  center_quint_edge_deci_cent: edged(1_000, 10, 20),
  center_centi_edge_centi_cent: [range(0, 10_000, 1)],
  center_deci_edge_centi_cent: edged(100, 1, 10),
};

/** Price ranges of a structure; throws for a name that is not one. */
export function rangesOf(structure: string): readonly PriceRange[] {
  const ranges = structures[structure];
  if (!ranges) throw new Error(`price structure ${structure}: unknown. Fix: use one of ${Object.keys(structures).join(', ')}`);
  return ranges;
}

export function onGrid(price: Price, ranges: readonly PriceRange[]): boolean {
  return snapDown(price, ranges) === price;
}

/** The valid price nearest to `price` (ten-thousandths, any real number); undefined when 0 or 1 dollar is nearer: nobody quotes. */
export function nearestPrice(price: number, ranges: readonly PriceRange[]): Price | undefined {
  const down = snapDown(Math.floor(price) as Price, ranges) ?? (0 as Price);
  const up = snapUp(Math.ceil(price) as Price, ranges) ?? (10_000 as Price);
  const nearest = price - down <= up - price ? down : up;
  return nearest === 0 || nearest === 10_000 ? undefined : nearest;
}

/** The next valid price below (-1) or above (+1). */
export function neighbour(price: Price, direction: -1 | 1, ranges: readonly PriceRange[]): Price | undefined {
  return direction < 0 ? snapDown((price - 1) as Price, ranges) : snapUp((price + 1) as Price, ranges);
}

export function tick(price: number, ranges: readonly PriceRange[]): Price {
  return tickAt(Math.max(0, Math.min(10_000, price)), 'yes', ranges) ?? (100 as Price);
}

function range(start: number, end: number, step: number): PriceRange {
  return { start: start as Price, end: end as Price, step: step as Price };
}
