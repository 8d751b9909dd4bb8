import type { Contracts, Price, Usd } from '../../shared/domain/money.ts';
import type { Approved, OrderRecord, Receipt } from '../../shared/domain/order.ts';
import { isLive, restingPrice } from '../../shared/domain/order.ts';
import { abandoned, missed, repegSent, reserved, sent, settled } from '../../shared/domain/order-machine.ts';

/**
 * One decision in the hands of two workers, from its reservation to its end, re-pegged once on its way: a machine whose every
 * step is taken in every order. What happens to the record is the real order machine; the workers, the wire and the
 * exchange around it are modelled.
 */
export interface State {
  readonly record: OrderRecord | undefined;
  /** Token of the lease in force; taking the lease makes the next one. */
  readonly token: number;
  readonly workers: readonly Worker[];
  /** Submits on the wire that may yet arrive. */
  readonly flying: number;
  /** The re-peg on the wire: it may yet arrive, or has. */
  readonly amend: 'none' | 'flying' | 'over';
  readonly exchange: Exchange;
  /** What reads show of that. */
  readonly shown: Exchange;
}

/** Orders that the exchange has taken for this decision, and how the last of them stands. */
export interface Exchange {
  readonly accepted: number;
  readonly filled: boolean;
  readonly better: boolean;
}

export interface Worker {
  /** The last five stand before a call, or wait for its answer. */
  readonly at: 'idle' | 'leased' | 'done' | 'reserved' | 'sending' | 'waiting' | 'repegging' | 'amending';
  readonly token: number;
  readonly restarts: number;
}

/** A step and what it leads to. */
export interface Step {
  readonly name: string;
  readonly to: State;
}

/** What may be left out, to see that it is missed. */
export interface Protocol {
  /** Whether `sent` is written before the socket. */
  readonly writesSent: boolean;
  /** Whether an unknown answer is left alone. */
  readonly neverResends: boolean;
  /** Whether a miss counts only once nothing can be on the wire and reads have caught up. */
  readonly waitsBeforeMisses: boolean;
  /** Whether a re-peg is written before the socket. */
  readonly writesRepeg: boolean;
  /** Whether a re-peg that does not show is given up only once it would. */
  readonly waitsBeforePrice: boolean;
  /** Whether the exchange takes a client id again after its order has filled. */
  readonly idsFreeAfterFill: boolean;
}

export const FIRST = 5_000 as Price;
export const BETTER = 5_100 as Price;
export const intent = {
  ...{ key: 'model', book: 'demo', strategy: 'dips', purpose: 'entry', reason: 'a model', ticker: 'KXA-1', event: 'KXA', series: 'KXA' },
  ...{ shard: 0, side: 'yes', action: 'buy', price: FIRST, count: 100 as Contracts, timeInForce: 'good_till_canceled', postOnly: true },
  ...{ reduceOnly: false, epoch: 'tick', leg: 0, decidedAt: 0, risk: 510_000 as Usd, feePredicted: 0 as Usd },
  repeg: { ceiling: BETTER, times: 1 },
} as unknown as Approved;
const MISSES = 5;

const nothing: Exchange = { accepted: 0, filled: false, better: false };
export const start: State = {
  record: undefined,
  token: 0,
  workers: [0, 1].map(() => ({ at: 'idle', token: 0, restarts: 1 })),
  flying: 0,
  amend: 'none',
  exchange: nothing,
  shown: nothing,
};

/** Every step that anybody may take. */
export function stepsFrom(state: State, protocol: Protocol): readonly Step[] {
  return [
    ...state.workers.flatMap((_, index) => workerSteps(state, index, protocol)),
    ...wireSteps(state, protocol),
    ...syncSteps(state, protocol),
  ];
}

/** What must never be, in words. */
export function broken({ record, exchange, flying, amend, workers }: State): string | undefined {
  if (exchange.accepted > 1) return 'two orders for one decision';
  const over = record?.state === 'rejected' || record?.state === 'abandoned';
  if (over && exchange.accepted > 0) return `${record.state}, yet the exchange has it`;
  if (over && (flying > 0 || workers.some(({ at }) => at === 'sending'))) return `${record.state}, yet it may still arrive`;
  const settles = record !== undefined && isLive(record.state) && record.repegs?.pending === undefined;
  if (settles && (amend === 'flying' || workers.some(({ at }) => at === 'repegging')))
    return 'a re-peg that nobody knows of may still arrive';
  if (settles && amend === 'over' && record.state === 'resting' && restingPrice(record) !== priceOf(exchange))
    return 'it rests where nobody thinks';
  return undefined;
}

/** Where nothing more happens: the record must say what the exchange has. */
export function settledRightly({ record, exchange }: State): boolean {
  if (exchange.accepted === 0) return record === undefined || record.state === 'rejected' || record.state === 'abandoned';
  return record?.state === 'filled';
}

/** Whether nobody who holds the order is at work on it and nothing is on the wire: a lease outlives its worker's requests. */
export function leaseOver({ flying, amend, workers, token }: State): boolean {
  const idle = (worker: Worker) => worker.at === 'idle' || worker.at === 'done' || (worker.at === 'leased' && worker.token !== token);
  return flying === 0 && amend !== 'flying' && workers.every(idle);
}

export function caughtUp({ exchange, shown }: State): boolean {
  return shown.accepted === exchange.accepted && shown.filled === exchange.filled && shown.better === exchange.better;
}

function workerSteps(state: State, index: number, protocol: Protocol): readonly Step[] {
  const worker = state.workers[index];
  if (!worker || worker.at === 'done') return [];
  const to = (name: string, at: Worker['at'], change: Partial<State> = {}, more: Partial<Worker> = {}): Step => ({
    name: `${index} ${name}`,
    to: { ...state, ...change, workers: state.workers.map((other, place) => (place === index ? { ...worker, ...more, at } : other)) },
  });
  if (worker.at === 'idle') return [to('takes the lease', 'leased', { token: state.token + 1 }, { token: state.token + 1 })];
  const crash = worker.restarts > 0 ? to('dies', 'idle', {}, { restarts: worker.restarts - 1 }) : to('dies', 'done');
  return [...workSteps(state, worker, to, protocol), crash];
}

type To = (name: string, at: Worker['at'], change?: Partial<State>) => Step;

function workSteps(state: State, worker: Worker, to: To, { writesSent, neverResends, writesRepeg }: Protocol): readonly Step[] {
  const { record, token, flying, exchange, amend } = state;
  const hears = (receipt: Receipt, change: Partial<State> = {}) => ({ ...change, record: said(record, receipt) });
  switch (worker.at) {
    case 'leased': {
      if (worker.token !== token) return [to('quits', 'done')];
      if (record === undefined) return [to('reserves', 'reserved', { record: reserved('id', intent, worker.token, 0) })];
      const next = repegSent(record, BETTER, 0);
      return [to('quits', 'done'), ...(next ? [to('writes a re-peg', 'repegging', writesRepeg ? { record: next } : {})] : [])];
    }
    case 'reserved': {
      const next = record && sent(record, 0);
      return [next ? to('writes sent', 'sending', writesSent ? { record: next } : {}) : to('may not send', 'done')];
    }
    case 'sending':
      return [to('submits', 'waiting', { flying: flying + 1 })];
    case 'waiting':
      return [
        to('hears nothing', 'done', hears(unknown, neverResends ? {} : { flying: flying + 1 })),
        ...(exchange.accepted > 0 ? [to('hears', 'done', hears(receiptOf(exchange)))] : []),
      ];
    case 'repegging':
      return [to('amends', 'amending', { amend: 'flying' })];
    case 'amending': {
      const known = exchange.filled ? receiptOf(exchange) : receiptOf(exchange, priceOf(exchange));
      return [to('hears nothing', 'done', hears(unknown)), ...(amend === 'over' ? [to('hears', 'done', hears(known))] : [])];
    }
    default:
      return [];
  }
}

/** A request arrives or is lost; an order fills; reads catch up. */
function wireSteps(state: State, { idsFreeAfterFill }: Protocol): readonly Step[] {
  const { flying, amend, exchange } = state;
  const { accepted, filled } = exchange;
  const taken = accepted > 0 && !(idsFreeAfterFill && filled);
  const made = { accepted: accepted + 1, filled: false, better: false };
  return [
    ...(flying > 0 ? [{ name: 'the submit is lost', to: { ...state, flying: flying - 1 } }] : []),
    ...(flying > 0 && !taken ? [{ name: 'the submit arrives', to: { ...state, flying: flying - 1, exchange: made } }] : []),
    ...(amend === 'flying' ? [{ name: 'the amend is lost', to: { ...state, amend: 'none' as const } }] : []),
    ...(amend === 'flying'
      ? [
          {
            name: 'the amend arrives',
            to: { ...state, amend: 'over' as const, exchange: filled ? exchange : { ...exchange, better: true } },
          },
        ]
      : []),
    ...(accepted > 0 && !filled ? [{ name: 'it fills', to: { ...state, exchange: { ...exchange, filled: true } } }] : []),
    ...(caughtUp(state) ? [] : [{ name: 'reads catch up', to: { ...state, shown: exchange } }]),
  ];
}

/** Sync settles what reads show, gives up what was never sent, and counts looks that find nothing. */
function syncSteps(state: State, { waitsBeforeMisses, waitsBeforePrice }: Protocol): readonly Step[] {
  const { record, shown } = state;
  if (!record || !isLive(record.state)) return [];
  const mustShow = leaseOver(state) && caughtUp(state);
  if (shown.accepted > 0) {
    const pending = record.repegs?.pending;
    const price = pending !== undefined && (shown.better || mustShow || !waitsBeforePrice) ? priceOf(shown) : undefined;
    return looked(state, settled(record, receiptOf(shown, price))?.record);
  }
  if (record.state === 'reserved') return looked(state, abandoned(record, 'late', 0)?.record, 'sync looks after its lease');
  if (waitsBeforeMisses && !mustShow) return looked(state, record);
  const count = (record.misses ?? 0) + 1;
  const next = missed(record, count);
  return looked(state, count < MISSES || !next ? next : settled(next, { ...never, at: 0 })?.record);
}

const unknown: Receipt = { state: 'unknown', detail: 'no answer', at: 0 };
const never = { state: 'rejected', code: 'not_placed', detail: '', fix: '' } as const;

export function priceOf({ better }: Exchange): Price {
  return better ? BETTER : FIRST;
}

function receiptOf({ filled }: Exchange, price?: Price): Receipt {
  const made = { orderId: 'o', at: 0 };
  if (filled) return { ...made, state: 'filled', filled: intent.count };
  return { ...made, state: 'resting', filled: 0 as Contracts, ...(price === undefined ? {} : { price }) };
}

function said(record: OrderRecord | undefined, receipt: Receipt): OrderRecord | undefined {
  return (record && settled(record, receipt)?.record) ?? record;
}

/** A look that changes nothing is a step too: the real code has to leave it at that. */
function looked(state: State, record: OrderRecord | undefined, name = 'sync looks'): readonly Step[] {
  return [{ name, to: { ...state, record: record ?? state.record } }];
}
