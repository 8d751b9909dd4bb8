import type { Millis } from '../domain/money.ts';
import type { OrderRecord, Receipt } from '../domain/order.ts';
import type { Broker } from '../ports/broker.ts';
import type { Clock } from '../ports/clock.ts';
import type { Digest } from '../ports/digest.ts';
import type { Store } from '../ports/store.ts';
import { writeJournal } from './write-journal.ts';

export interface CancelIo {
  readonly store: Pick<Store, 'orders' | 'journal'>;
  readonly clock: Clock;
  readonly digest: Digest;
}

/** Cancels one order and writes down what was said. An answer that does not come leaves it unknown, for sync to settle. */
export async function cancelOrder(io: CancelIo, broker: Pick<Broker, 'cancel'>, record: OrderRecord): Promise<Receipt> {
  const { store, clock, digest } = io;
  const at: Millis = clock.now();
  const receipt = await broker.cancel(record, at);
  await store.orders.settle(record.id, receipt);
  await writeJournal({ journal: store.journal, digest }, record.intent.book, at, [{ kind: 'cancel', subject: record.id, body: receipt }]);
  return receipt;
}

/** Whether an order is known to the exchange and may still rest there: a re-peg or a cancel may have got no answer. */
export function mayRest({ state, orderId }: OrderRecord): boolean {
  return state === 'resting' || (state === 'unknown' && orderId !== undefined);
}

/** Cancels every resting entry among these orders: what a halt does. Returns the ids it asked for. */
export async function cancelEntries(
  io: CancelIo,
  broker: Pick<Broker, 'cancel'>,
  orders: readonly OrderRecord[],
): Promise<readonly string[]> {
  const entries = orders.filter((record) => mayRest(record) && record.intent.purpose === 'entry');
  for (const record of entries) await cancelOrder(io, broker, record);
  return entries.map(({ id }) => id);
}
