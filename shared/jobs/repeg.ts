import type { ApprovedRepeg, Receipt } from '../domain/order.ts';
import type { Lease, Repegged } from '../ports/store.ts';
import type { ExecuteIo } from './execute.ts';
import { endsSoon, late } from './execute.ts';
import { writeJournal } from './write-journal.ts';

/** What became of one approved re-peg. */
export type Amended =
  | { readonly repeg: ApprovedRepeg; readonly receipt: Receipt }
  | { readonly repeg: ApprovedRepeg; readonly notSent: Extract<Repegged, { ok: false }> };

/**
 * One re-peg, once: write it as sent, touch the socket, write what was said. Its order keeps its id, its contracts and the
 * money reserved at its ceiling. A crash anywhere leaves a re-peg under way that sync settles; it is never sent again.
 */
export async function repegOrder(io: ExecuteIo, repeg: ApprovedRepeg, lease: Lease): Promise<Amended> {
  const { store, broker, clock, digest } = io;
  if (endsSoon(lease, clock.now())) return { repeg, notSent: late(lease) };
  const written = await store.orders.repeg(repeg, lease, clock.now());
  if (!written.ok) return { repeg, notSent: written };
  const receipt = await broker.amend(written.record, repeg);
  await store.orders.settle(repeg.id, receipt);
  await writeJournal({ journal: store.journal, digest }, repeg.book, clock.now(), [{ kind: 'amend', subject: repeg.id, body: receipt }]);
  return { repeg, receipt };
}
