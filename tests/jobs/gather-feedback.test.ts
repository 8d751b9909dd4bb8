import { expect, it } from 'vitest';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import type { OrderRecord } from '../../shared/domain/order.ts';
import type { Trade } from '../../shared/domain/position.ts';
import { gatherFeedback, keepFeedback } from '../../shared/jobs/gather-feedback.ts';
import { lots, usd } from '../domain/metrics/portfolio.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const trade = (change: Partial<Trade>): Trade => ({
  ...{ ticker: 'T', event: 'E', strategy: 'directional', intent: 'k1-a', side: 'yes', count: lots(10), exit: 'settled' },
  ...{ cost: usd(5), proceeds: usd(0), fees: usd(0.1), pnl: usd(-5.1), openedAt: now - 1, closedAt: now },
  ...change,
});

it('the worth of a trade is what its order said at entry; a trade by hand has no order, and no strategy', async () => {
  const { records } = memoryStore(() => now);
  const asked: string[] = [];
  const get = async (id: string) => {
    asked.push(id);
    return id === 'k1-a' ? ({ intent: { fair: 0.7 } } as OrderRecord) : undefined;
  };
  const { intent: _, strategy: __, ...byHand } = trade({});
  const orders = { ...memoryStore().orders, get };
  const { strategies } = await gatherFeedback({ orders, records }, 'paper', [trade({}), trade({ intent: 'k1-gone' }), byHand], now);
  expect(asked).toEqual(['k1-a', 'k1-gone']);
  expect(strategies).toMatchObject([{ strategy: 'directional', trades: 2, predicted: { value: usd(1.9), n: 1 } }]);
});

it('what one report found the next one goes on with, each book for itself', async () => {
  const store = memoryStore(() => now);
  const bad = [...Array(30)].map(() => trade({})).concat([...Array(5)].map(() => trade({ proceeds: usd(10), pnl: usd(4.9) })));
  const first = await gatherFeedback(store, 'paper', bad, now);
  await keepFeedback(store, 'paper', first);
  const later = now + 3 * 86_400_000;
  expect((await gatherFeedback(store, 'paper', bad, later)).items).toMatchObject([{ id: 'directional:win-rate', opened: '2026-11-20' }]);
  expect((await gatherFeedback(store, 'live', bad, later)).items).toMatchObject([{ id: 'directional:win-rate', opened: '2026-11-23' }]);
});
