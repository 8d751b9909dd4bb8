import { describe, expect, it } from 'vitest';
import type { Price } from '../../shared/domain/money.ts';
import type { Emergency } from '../../shared/domain/words/trading-alerts.ts';
import { emergency } from '../../shared/jobs/emergency.ts';
import { flatten, planFlatten } from '../../shared/jobs/flatten.ts';
import type { Broker } from '../../shared/ports/broker.ts';
import { hourly, paperDesk } from '../fixtures/paper-desk.ts';

const by = { name: 'Ann', reason: 'a fire' };
const floor = 100 as Price;

/** A paper desk that bought a dip, seen again an hour later. */
async function holdingDesk() {
  const desk = paperDesk(hourly([...Array.from({ length: 25 }, () => 60), 40, 37, 37, 37]), { scan: { volumeField: 'volume' } });
  await desk.advance(26);
  await desk.syncNow();
  await desk.tradeNow();
  await desk.advance();
  await desk.syncNow();
  const told: Emergency[] = [];
  const trading = desk.trade(undefined);
  const io = {
    ...trading,
    sync: desk.syncNow,
    alert: async (_: string, what: Emergency) => {
      told.push(what);
    },
  };
  return { ...desk, io, told };
}

describe('an emergency', () => {
  it('stops, cancels, sells and tells, in this order', async () => {
    const { io, told, store, syncNow } = await holdingDesk();
    expect((await store.ledger.head('paper')).ledger.positions.size).toBe(1);
    const steps = await emergency(io, 'paper', { by, floor, epoch: 'e' });
    expect(steps.map(({ name, ok }) => [name, ok])).toEqual([
      ['stop', true],
      ['cancel-all', true],
      ['flatten', true],
      ['alert', true],
    ]);
    await syncNow();
    expect((await store.ledger.head('paper')).ledger.positions.size).toBe(0);
    expect(await store.breakers.read('paper')).toMatchObject({ state: 'halted', cause: 'by-hand', by: 'Ann' });
    expect(told).toMatchObject([{ reason: 'a fire', flattened: { closed: 1 } }]);
  });

  it('goes on when a step fails, says so, and undoes nothing', async () => {
    const { io, told, store } = await holdingDesk();
    const [book, broker] = [...io.brokers][0] ?? [];
    if (!book || !broker) throw new Error('the desk has no broker');
    const deaf: Broker = {
      ...broker,
      cancelAll: async () => {
        throw new Error('no answer');
      },
    };
    const steps = await emergency({ ...io, brokers: new Map([[book, deaf]]) }, 'paper', { by, floor: undefined, epoch: 'e' });
    expect(steps).toMatchObject([{ ok: true }, { name: 'cancel-all', ok: false, detail: 'no answer' }, { name: 'alert', ok: true }]);
    expect((await store.breakers.read('paper')).state).toBe('halted');
    expect(told).toHaveLength(1);
  });

  it('sells a position once, however often it is asked to', async () => {
    const { io, store } = await holdingDesk();
    await emergency(io, 'paper', { by, floor, epoch: 'e' });
    await emergency(io, 'paper', { by, floor, epoch: 'e' });
    const sales = (await store.orders.recent('paper', 10)).filter(({ intent }) => intent.purpose === 'exit');
    expect(sales).toHaveLength(1);
  });
});

describe('closing one position', () => {
  it('cancels what rests there, sells it and leaves the state alone', async () => {
    const { io, store, syncNow } = await holdingDesk();
    const [held] = (await store.ledger.head('paper')).ledger.positions.values();
    const { executed, refused } = await flatten(io, 'paper', { floor, epoch: 'c', ticker: held?.ticker ?? '' });
    expect(refused).toEqual([]);
    expect(executed).toMatchObject([{ order: { ticker: held?.ticker, action: 'sell', count: held?.count }, receipt: { state: 'filled' } }]);
    await syncNow();
    expect((await store.ledger.head('paper')).ledger.positions.size).toBe(0);
    expect((await store.breakers.read('paper')).state).toBe('active');
  });

  it('sells nothing below the price that was agreed to', async () => {
    const { io, store } = await holdingDesk();
    const [held] = (await store.ledger.head('paper')).ledger.positions.values();
    const { executed } = await flatten(io, 'paper', { floor: 4_000 as Price, epoch: 'c', ticker: held?.ticker ?? '' });
    expect(executed).toMatchObject([{ receipt: { state: 'cancelled', filled: 0 } }]);
    expect((await store.ledger.head('paper')).ledger.positions.size).toBe(1);
  });

  it('that is not held touches no other', async () => {
    const { io, store } = await holdingDesk();
    const done = await flatten(io, 'paper', { floor, epoch: 'c', ticker: 'KXOTHER-1' });
    expect(done).toEqual({ executed: [], refused: [{ ticker: 'KXOTHER-1', why: 'nothing of ours is held there' }] });
    expect((await store.ledger.head('paper')).ledger.positions.size).toBe(1);
  });
});

describe('what flattening would cost', () => {
  it('is shown before anything is sent', async () => {
    const { io, store } = await holdingDesk();
    const plan = await planFlatten(io, 'paper');
    const { ledger } = await store.ledger.head('paper');
    const [held] = ledger.positions.values();
    expect(plan).toMatchObject({ withoutBid: 0, byHand: 0, positions: [{ bid: 3_600 }] });
    expect(plan.profit).toBe(3_600 * (held?.count ?? 0) - (held?.cost ?? 0) - (held?.fees ?? 0));
    expect((await store.orders.recent('paper', 10)).every(({ intent }) => intent.purpose === 'entry')).toBe(true);
  });
});
