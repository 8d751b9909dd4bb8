import { describe } from 'vitest';
import type { Millis } from '../../shared/domain/money.ts';
import type { Store } from '../../shared/ports/store.ts';
import { breakerContract, leaseContract, runContract } from './store-control.ts';
import { counterContract } from './store-counters.ts';
import { journalContract } from './store-journal.ts';
import { ledgerContract } from './store-ledger.ts';
import { orderLifeContract } from './store-order-life.ts';
import { recordContract } from './store-records.ts';
import { repegContract } from './store-repeg.ts';
import { reserveContract } from './store-reserve.ts';

/** An empty store that asks `now` what has expired. */
export type MakeStore = (now?: () => Millis) => Promise<Store>;

/** What every store must do. Engine-agnostic: only the port is used. */
export function storeContract(name: string, make: MakeStore): void {
  describe(`${name} keeps the store's promises`, () => {
    reserveContract(make);
    orderLifeContract(make);
    repegContract(make);
    counterContract(make);
    ledgerContract(make);
    breakerContract(make);
    leaseContract(make);
    runContract(make);
    journalContract(make);
    recordContract(make);
  });
}
