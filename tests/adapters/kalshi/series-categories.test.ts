import { expect, it } from 'vitest';
import { seriesCategories } from '../../../shared/adapters/kalshi/series-categories.ts';
import type { Transport } from '../../../shared/adapters/kalshi/transport.ts';

it('a series has the category the exchange gives it, and none where it gives none', async () => {
  const series = [{ ticker: 'KXHIGHNY', category: 'Climate and Weather' }, { ticker: 'KXNEW' }, { ticker: 'KXBARE', category: '' }];
  const call = (async () => ({ series })) as unknown as Transport['call'];
  expect([...(await seriesCategories({ call }))]).toEqual([['KXHIGHNY', 'Climate and Weather']]);
});
