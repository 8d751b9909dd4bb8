import { sha256 } from '../../shared/adapters/crypto/sha256.ts';
import { memoryStore } from '../../shared/adapters/memory/memory-store.ts';
import type { Contracts, Millis, Usd } from '../../shared/domain/money.ts';
import type { ApprovedRepeg, OrderRecord, Receipt } from '../../shared/domain/order.ts';
import { restingPrice } from '../../shared/domain/order.ts';
import { clientOrderId } from '../../shared/jobs/client-order-id.ts';
import { execute, LEASE_MS, tradeLease } from '../../shared/jobs/execute.ts';
import { readAccount } from '../../shared/jobs/read-account.ts';
import { repegOrder } from '../../shared/jobs/repeg.ts';
import { resolveMissing, settleListed } from '../../shared/jobs/resolve.ts';
import type { Broker } from '../../shared/ports/broker.ts';
import type { Account, ExchangeOrder } from '../../shared/ports/exchange.ts';
import type { Lease, Store } from '../../shared/ports/store.ts';
import { BETTER, caughtUp, type Exchange, FIRST, intent, leaseOver, priceOf, type State } from './order-protocol-model.ts';

const id = clientOrderId(intent.key, sha256);
const lease = tradeLease(intent.book);

/** A call of real code that waits until the trace lets it go on. */
interface Parked {
  readonly call: string;
  go(): void;
}

/** One worker: real code that runs up to its next call of the store's `markSent` or of the broker, and stands there. */
class Process {
  parked: Parked | undefined;
  lease: Lease | undefined;
  running: Promise<unknown> | undefined;
  #arrived: (() => void) | undefined;
  #answer: ((receipt: Receipt) => void) | undefined;

  /** Stands before a call until it is let go. */
  stand(call: string): Promise<void> {
    return new Promise((go) => {
      this.parked = { call, go };
      this.#arrived?.();
    });
  }

  go(): undefined {
    this.parked?.go();
  }

  /** The answer to what was sent, when the trace has one. */
  answer(): Promise<Receipt> {
    return new Promise((resolve) => {
      this.#answer = resolve;
      this.#arrived?.();
    });
  }

  /** Runs real code until it stands, waits or ends. */
  async until(work: () => Promise<unknown> | undefined): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#arrived = resolve;
      Promise.resolve(work()).then((ended) => (ended === undefined ? undefined : resolve()), reject);
    });
  }

  hear(receipt: Receipt): Promise<unknown> | undefined {
    this.#answer?.(receipt);
    return this.running;
  }
}

/** The protocol in real code: jobs, store and order machine; what the model calls wire and exchange is played by the trace. */
export class ProtocolRun {
  readonly #store: Store;
  readonly #workers: Process[] = [new Process(), new Process()];
  #now: Millis = 1_000_000;

  constructor() {
    this.#store = memoryStore(() => this.#now);
  }

  /** What the store says of the order, in the model's terms: everything but ids and times. */
  async record(): Promise<object | undefined> {
    return seen(await this.#store.orders.get(id));
  }

  /** What the counters hold of the order's money. */
  async held(): Promise<Usd> {
    return (await this.#store.orders.counters(intent.book)).held.get('total') ?? (0 as Usd);
  }

  /** Takes the step of that name, from that state of the model. */
  async step(name: string, from: State): Promise<void> {
    const [who = '', ...words] = name.split(' ');
    const worker = this.#workers[Number(who)];
    if (worker) await this.#workerStep(worker, Number(who), words.join(' '), from);
    else if (name.startsWith('sync looks')) await this.#look(from, name.endsWith('after its lease'));
  }

  async #workerStep(worker: Process, index: number, what: string, { exchange, workers, token }: State): Promise<void> {
    const submitting = workers[index]?.at === 'waiting';
    switch (what) {
      case 'takes the lease':
        // Two runs of one tick are one owner: whoever takes the lease later has it, at once.
        worker.lease = await this.#store.leases.acquire(lease, intent.epoch, this.#now, this.#now + LEASE_MS);
        return;
      case 'reserves':
      case 'writes a re-peg':
        return this.#begin(worker, what);
      case 'writes sent':
      case 'submits':
      case 'amends':
        return worker.until(() => worker.go());
      case 'may not send':
        worker.go();
        await worker.running;
        return;
      case 'hears nothing':
        await worker.hear({ state: 'unknown', detail: 'no answer', at: this.#now });
        return;
      case 'hears':
        await worker.hear(receiptOf(exchange, submitting, this.#now));
        return;
      case 'dies':
        this.#workers[index] = new Process();
        return;
      case 'quits':
        return this.#quit(worker, workers[index]?.token !== token);
      default:
        throw new Error(`${what}: no such step`);
    }
  }

  async #begin(worker: Process, what: 'reserves' | 'writes a re-peg'): Promise<void> {
    const io = this.#io(worker);
    const held = leaseOf(worker);
    const work = what === 'reserves' ? () => execute(io, intent, held, { limits: [] }) : () => repegOrder(io, this.#repeg(), held);
    await worker.until(() => {
      worker.running = work();
      return worker.running;
    });
  }

  #repeg(): ApprovedRepeg {
    const bounds = { ceiling: BETTER, times: 1 };
    return { id, book: intent.book, ticker: intent.ticker, from: FIRST, to: BETTER, number: 1, bounds } as unknown as ApprovedRepeg;
  }

  /** A worker that has come too late, or finds the order there: whatever it tries is refused. */
  async #quit(worker: Process, isLate: boolean): Promise<void> {
    const io = this.#io(worker);
    const done = await execute(io, intent, leaseOf(worker), { limits: [] });
    const moved = isLate ? await repegOrder(io, this.#repeg(), leaseOf(worker)) : undefined;
    if (!('notReserved' in done) || (moved && !('notSent' in moved))) throw new Error('a worker went on that should have quit');
  }

  #io(worker: Process) {
    const { orders } = this.#store;
    const markSent = async (order: string, at: Millis) => {
      await worker.stand('markSent');
      return orders.markSent(order, at);
    };
    const parkedOrders = new Proxy(orders, { get: (from, key) => (key === 'markSent' ? markSent : bound(from, key)) });
    const send = async (call: string) => {
      await worker.stand(call);
      return worker.answer();
    };
    const broker = { submit: () => send('submit'), amend: () => send('amend') } as unknown as Broker;
    const store: Store = { ...this.#store, orders: parkedOrders };
    return { store, broker, clock: { now: () => this.#now, sleep: async () => {} }, digest: sha256 };
  }

  /** One look of sync, after every lease has run out where the model says that it has. */
  async #look(from: State, late: boolean): Promise<void> {
    if (late || leaseOver(from)) this.#now += LEASE_MS;
    const store = this.#store;
    const view = await readAccount(accountOf(from.shown, caughtUp(from) && leaseOver(from) ? this.#now : 0), 0);
    const live = await store.orders.live(intent.book);
    await settleListed(store, view, live, this.#now);
    await resolveMissing(store, view, live, [], this.#now);
  }
}

function leaseOf({ lease: held }: Process): Lease {
  if (!held) throw new Error('no lease was taken');
  return held;
}

function bound(from: object, key: string | symbol): unknown {
  const value: unknown = Reflect.get(from, key);
  return typeof value === 'function' ? value.bind(from) : value;
}

/** What the exchange says to a submit or an amend, as the broker tells it. */
function receiptOf(exchange: Exchange, submitting: boolean, at: Millis): Receipt {
  const made = { orderId: 'o', at };
  if (exchange.filled) return { ...made, state: 'filled', filled: intent.count };
  return { ...made, state: 'resting', filled: 0 as Contracts, ...(submitting ? {} : { price: priceOf(exchange) }) };
}

function accountOf(shown: Exchange, asOf: Millis): Account {
  const order: ExchangeOrder = {
    ...{ orderId: 'o', clientOrderId: id, ticker: intent.ticker, side: intent.side, price: priceOf(shown), createdAt: 0 },
    status: shown.filled ? 'executed' : 'resting',
    filled: (shown.filled ? intent.count : 0) as Contracts,
    remaining: (shown.filled ? 0 : intent.count) as Contracts,
  };
  return {
    balance: async () => ({ total: 0 as Usd, byShard: new Map() }),
    positions: async () => [],
    fills: async () => [],
    orders: async ({ resting }) => (shown.accepted > 0 && !(resting && shown.filled) ? [order] : []),
    settlements: async () => [],
    transfers: async () => [],
    userDataAsOf: async () => asOf,
  };
}

/** A record without ids and times, so that the model's and the store's can be compared. */
export function seen(record: OrderRecord | undefined): object | undefined {
  if (record === undefined) return undefined;
  const { state, filled, token, misses, repegs, held } = record;
  return {
    ...{ state, filled, token, held, price: restingPrice(record) },
    misses: misses ?? 0,
    repegs: { count: repegs?.count ?? 0, pending: repegs?.pending },
  };
}
