import type { Millis } from '../../domain/money.ts';
import type { Store } from '../../ports/store.ts';
import { MemoryBreakers } from './memory-breakers.ts';
import { MemoryJournal } from './memory-journal.ts';
import { MemoryLeases } from './memory-leases.ts';
import { MemoryLedger } from './memory-ledger.ts';
import { MemoryOrders } from './memory-orders.ts';
import { MemoryRecords } from './memory-records.ts';
import { MemoryRuns } from './memory-runs.ts';

/**
 * Everything the port promises, in this process: for replay, drills and tests. Values are kept as given, not copied.
 * `now` is what decides that a record has expired; without it none does.
 */
export function memoryStore(now: () => Millis = () => 0): Store {
  const breakers = new MemoryBreakers();
  const leases = new MemoryLeases();
  return {
    orders: new MemoryOrders(leases, breakers),
    ledger: new MemoryLedger(),
    breakers,
    leases,
    runs: new MemoryRuns(),
    journal: new MemoryJournal(),
    records: new MemoryRecords(now),
  };
}
