import { getSeriesList } from './endpoints/get-series-list.ts';
import type { Transport } from './transport.ts';

/** Categories by series, in one call for all there are; a series without one is absent. Throws ExchangeError. */
export async function seriesCategories(transport: Pick<Transport, 'call'>): Promise<ReadonlyMap<string, string>> {
  const { series } = await transport.call(getSeriesList, {});
  return new Map(series.flatMap(({ ticker, category }) => (category ? [[ticker, category] as const] : [])));
}
