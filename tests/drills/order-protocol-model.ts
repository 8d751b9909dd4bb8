import type { Contracts, Usd } from '../../shared/domain/money.ts';
import type { Approved, OrderRecord, Receipt } from '../../shared/domain/order.ts';
import { isLive } from '../../shared/domain/order.ts';
import { abandoned, missed, reserved, sent, settled } from '../../shared/domain/order-machine.ts';

/**
 * One decision in the hands of two workers, as a machine whose every step is taken in every order. What happens to the
 * record is the real order machine; the workers, the wire and the exchange around it are modelled.
 */
export interface State {
  readonly record: OrderRecord | undefined;
  /** Token of the lease in force; taking the lease makes the next one. */
  readonly token: number;
  readonly workers: readonly Worker[];
  /** Requests on the wire that may yet arrive. */
  readonly flying: number;
  /** Orders that the exchange has taken for this decision, and whether the last has filled. */
  readonly accepted: number;
  readonly filled: boolean;
  /** What reads show of that. */
  readonly shown: { readonly accepted: number; readonly filled: boolean };
}

export interface Worker {
  readonly at: 'idle' | 'leased' | 'reserved' | 'sending' | 'waiting' | 'done';
  readonly token: number;
  readonly restarts: number;
}

/** What may be left out, to see that it is missed. */
export interface Protocol {
  /** Whether `sent` is written before the socket. */
  readonly writesSent: boolean;
  /** Whether an unknown answer is left alone. */
  readonly neverResends: boolean;
  /** Whether a miss counts only once nothing can be on the wire and reads have caught up. */
  readonly waitsBeforeMisses: boolean;
  /** Whether the exchange takes a client id again after its order has filled. */
  readonly idsFreeAfterFill: boolean;
}

const intent = { purpose: 'entry', count: 100, risk: 500_000 as Usd } as unknown as Approved;
const MISSES = 5;

export const start: State = {
  record: undefined,
  token: 0,
  workers: [0, 1].map(() => ({ at: 'idle', token: 0, restarts: 1 })),
  flying: 0,
  accepted: 0,
  filled: false,
  shown: { accepted: 0, filled: false },
};

/** Every state that one step of anybody leads to. */
export function stepsFrom(state: State, protocol: Protocol): readonly State[] {
  return [
    ...state.workers.flatMap((_, index) => workerSteps(state, index, protocol)),
    ...wireSteps(state, protocol),
    ...syncSteps(state, protocol),
  ];
}

/** What must never be, in words. */
export function broken({ record, accepted, flying, workers }: State): string | undefined {
  if (accepted > 1) return 'two orders for one decision';
  const over = record?.state === 'rejected' || record?.state === 'abandoned';
  if (over && accepted > 0) return `${record.state}, yet the exchange has it`;
  if (over && (flying > 0 || workers.some(({ at }) => at === 'sending'))) return `${record.state}, yet it may still arrive`;
  return undefined;
}

/** Where nothing more happens: the record must say what the exchange has. */
export function settledRightly({ record, accepted }: State): boolean {
  if (accepted === 0) return record === undefined || record.state === 'rejected' || record.state === 'abandoned';
  return record?.state === 'filled';
}

function workerSteps(state: State, index: number, { writesSent, neverResends }: Protocol): readonly State[] {
  const worker = state.workers[index];
  if (!worker || worker.at === 'done') return [];
  const to = (at: Worker['at'], change: Partial<State> = {}, more: Partial<Worker> = {}) =>
    move(state, index, { ...worker, ...more, at }, change);
  const crash = worker.restarts > 0 ? to('idle', {}, { restarts: worker.restarts - 1 }) : to('done');
  const { record, token } = state;
  switch (worker.at) {
    case 'idle':
      return [to('leased', { token: token + 1 }, { token: token + 1 })];
    case 'leased':
      if (record !== undefined || worker.token !== token) return [to('done'), crash];
      return [to('reserved', { record: reserved('id', intent, worker.token, 0) }), crash];
    case 'reserved': {
      const next = record && sent(record, 0);
      return [next ? to('sending', writesSent ? { record: next } : {}) : to('done'), crash];
    }
    case 'sending':
      return [to('waiting', { flying: state.flying + 1 }), crash];
    case 'waiting': {
      const lost = neverResends
        ? to('done', { record: said(record, unknown) })
        : to('done', { record: said(record, unknown), flying: state.flying + 1 });
      const heard = state.accepted > 0 ? [to('done', { record: said(record, receipt(state)) })] : [];
      return [lost, ...heard, crash];
    }
  }
}

/** A request arrives or is lost; an order fills; reads catch up. */
function wireSteps(state: State, { idsFreeAfterFill }: Protocol): readonly State[] {
  const { flying, accepted, filled, shown } = state;
  const taken = accepted > 0 && !(idsFreeAfterFill && filled);
  return [
    ...(flying > 0 ? [{ ...state, flying: flying - 1 }] : []),
    ...(flying > 0 && !taken ? [{ ...state, flying: flying - 1, accepted: accepted + 1, filled: false }] : []),
    ...(accepted > 0 && !filled ? [{ ...state, filled: true }] : []),
    ...(shown.accepted !== accepted || shown.filled !== filled ? [{ ...state, shown: { accepted, filled } }] : []),
  ];
}

/** Sync settles what reads show, gives up what was never sent, and counts looks that find nothing. */
function syncSteps(state: State, { waitsBeforeMisses }: Protocol): readonly State[] {
  const { record, shown } = state;
  if (!record || !isLive(record.state)) return [];
  if (shown.accepted > 0) return changed(state, settled(record, receipt(shown))?.record);
  // A lease outlives its worker's requests: when it is over, nobody who holds the order is still at work on it.
  const leaseOver = state.flying === 0 && state.workers.every(({ at }) => at === 'idle' || at === 'leased' || at === 'done');
  if (record.state === 'reserved') return leaseOver ? changed(state, abandoned(record, 'late', 0)?.record) : [];
  const caughtUp = shown.accepted === state.accepted && shown.filled === state.filled;
  if (waitsBeforeMisses && !(leaseOver && caughtUp)) return [];
  if ((record.misses ?? 0) < MISSES) return changed(state, missed(record, (record.misses ?? 0) + 1));
  const never: Receipt = { state: 'rejected', code: 'not_placed', detail: '', fix: '', at: 0 };
  return changed(state, settled(record, never)?.record);
}

const unknown: Receipt = { state: 'unknown', detail: 'no answer', at: 0 };

function receipt({ filled }: { readonly filled: boolean }): Receipt {
  return { state: filled ? 'filled' : 'resting', orderId: 'o', filled: (filled ? 100 : 0) as Contracts, at: 0 };
}

function said(record: OrderRecord | undefined, receipt: Receipt): OrderRecord | undefined {
  return (record && settled(record, receipt)?.record) ?? record;
}

/** No step where nothing changes. */
function changed(state: State, record: OrderRecord | undefined): readonly State[] {
  return record === undefined || JSON.stringify(record) === JSON.stringify(state.record) ? [] : [{ ...state, record }];
}

function move(state: State, index: number, worker: Worker, change: Partial<State>): State {
  return { ...state, ...change, workers: state.workers.map((other, place) => (place === index ? worker : other)) };
}
