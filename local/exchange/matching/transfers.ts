import type { Millis, Usd } from '../../../shared/domain/money.ts';
import type { Account } from './account.ts';
import { Refusal } from './refusal.ts';

export interface Transfer {
  readonly id: string;
  readonly account: Account;
  readonly from: number;
  readonly to: number;
  readonly amount: Usd;
  readonly createdAt: Millis;
  complete: boolean;
}

/** Collateral on its way from one shard to another: it leaves at once and arrives later. */
export class Transfers {
  readonly #all: Transfer[] = [];
  readonly #delay: Millis;

  constructor(delay: Millis) {
    this.#delay = delay;
  }

  send(transfer: Omit<Transfer, 'complete'>): Transfer {
    const { account, from, amount, createdAt } = transfer;
    if (amount > account.available(from)) throw new Refusal(400, 'insufficient_balance', 'insufficient balance');
    account.pay(from, -amount as Usd, createdAt);
    const sent = { ...transfer, complete: false };
    this.#all.push(sent);
    return sent;
  }

  /** A transfer from before a restart. */
  readmit(transfer: Transfer): void {
    this.#all.push(transfer);
  }

  /** Lets what is due arrive. */
  advance(to: Millis): void {
    for (const transfer of this.#all) {
      const arrivesAt = transfer.createdAt + this.#delay;
      if (transfer.complete || arrivesAt > to) continue;
      transfer.complete = true;
      transfer.account.pay(transfer.to, transfer.amount, arrivesAt);
    }
  }

  /** Newest first. */
  of(account: Account): readonly Transfer[] {
    return this.#all.filter((transfer) => transfer.account === account).toReversed();
  }
}
