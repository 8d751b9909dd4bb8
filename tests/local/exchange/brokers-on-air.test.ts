import { KalshiBroker } from '../../../shared/adapters/kalshi/kalshi-broker.ts';
import { memoryStore } from '../../../shared/adapters/memory/memory-store.ts';
import { paperExchange } from '../../../shared/adapters/paper/paper-exchange.ts';
import type { Price, Usd } from '../../../shared/domain/money.ts';
import { type BrokerUnderTest, brokerContract } from '../../contract/broker.ts';
import { plainMarket } from './desk-fixture.ts';
import { type OnAir, onAir } from './on-air.ts';

const CASH = 500_000_000 as Usd;
const HOUR = 3_600_000;

/** A room with one market to trade in, on air, and how its time goes by. */
async function openRoom(): Promise<{ readonly room: OnAir; readonly desk: Omit<BrokerUnderTest, 'broker' | 'account'> }> {
  const room = await onAir({ settings: { cash: new Map([0, 1, 2, 3].map((shard) => [shard, CASH])), readLagMs: 0 } });
  const { exchange, clock } = room;
  const found = plainMarket(room);
  const { bids, asks } = exchange.venue.world.ladder(found, clock.now(), 1);
  const market = {
    ticker: found.ticker,
    shard: found.event.series.shard,
    bid: bids[0]?.price ?? (Number.NaN as Price),
    ask: asks[0]?.price ?? (Number.NaN as Price),
  };
  const end = async () => {
    const at = clock.now();
    exchange.amend(found.ticker, { closeAt: at, endsAt: at, determinedAt: at + HOUR / 4, settledAt: at + HOUR / 2 });
    // Quotes are a moment old at most.
    clock.pass(exchange, 1_000);
  };
  return { room, desk: { market, now: () => clock.now(), pass: async (ms) => clock.pass(exchange, ms), end } };
}

brokerContract('the broker of Kalshi, over HTTP', async () => {
  const { room, desk } = await openRoom();
  const { transport, account } = await room.connect();
  if (!account) throw new Error('the key gave no account. Fix: connect with the key that the exchange knows');
  return { ...desk, broker: new KalshiBroker(transport), account };
});

brokerContract('the paper broker, on quotes over HTTP', async () => {
  const { room, desk } = await openRoom();
  const { marketData: market } = await room.connect();
  const { clock } = room;
  const paper = paperExchange({ records: memoryStore(desk.now).records, market, clock, membership: 'direct', cash: CASH });
  const pass = async (ms: number) => {
    await desk.pass(ms);
    await paper.match();
  };
  return { ...desk, pass, broker: paper, account: paper };
});
