import type { AiCaps, AiCharge, SpendScope, Throttle, Usage } from '../domain/ai-budget.ts';
import { isSimulated, spendScopes, throttle } from '../domain/ai-budget.ts';
import type { Millis, Usd } from '../domain/money.ts';
import { usdText } from '../domain/money.ts';
import type { RecordStore } from '../ports/store.ts';

/** Counters of reserved and spent money, micro-dollars. */
export const SPEND = 'ai-spend';
/** The same of simulated models: a budget of its own, and no real money. */
export const SIMULATED_SPEND = 'ai-spend-simulated';
/** One record per call: what it was for, what it cost, what became of it. */
export const CALLS = 'ai-call';

/** Whose money it is. */
export type Purse = typeof SPEND | typeof SIMULATED_SPEND;

/** A reservation nobody settled by then belonged to a run that died. */
export const RESERVATION_LEASE = 15 * 60_000;

export interface BudgetIo {
  readonly records: RecordStore;
  readonly caps: AiCaps;
  /** Random text, new every time. */
  readonly nonce: () => string;
}

/** What a call is for. */
export interface PlannedCall extends AiCharge {
  readonly purpose: string;
  readonly model: string;
  /** Most it can cost; undefined when the price is unknown, which refuses it. */
  readonly estimate: Usd | undefined;
}

/** A call in the log. `open` until it is settled; `expired` when its run died. */
export interface AiCallRecord {
  readonly state: 'open' | 'settled' | 'expired';
  readonly at: Millis;
  readonly purpose: string;
  readonly model: string;
  readonly ticker: string | null;
  readonly strategy: string;
  readonly estimate: Usd;
  readonly counters: readonly string[];
  readonly cost: Usd | null;
  readonly answered: string | null;
  readonly outcome: string | null;
  readonly usage: Usage | null;
  readonly seconds: number | null;
}

export interface Reservation {
  readonly key: string;
  readonly record: AiCallRecord;
}

export type Reserve = { readonly ok: true; readonly reservation: Reservation } | BudgetRefusal;

export interface BudgetRefusal {
  readonly ok: false;
  readonly why: 'unknown-price' | 'call' | SpendScope['name'];
  readonly detail: string;
}

/**
 * Reserves the most a call can cost in each of its counters, or in none. Each counter is raised atomically under its
 * cap, so runs at the same time cannot spend more than the caps together. Counters come before the record: a crash in
 * between leaves too much reserved, never too little.
 */
export async function reserveCall(io: BudgetIo, call: PlannedCall, now: Millis): Promise<Reserve> {
  const { estimate, model } = call;
  if (estimate === undefined)
    return refusal('unknown-price', `the price of ${model} is not known. Fix: give it in ai.rates, ai.cheapRates or ai.fallbackRates`);
  if (estimate > io.caps.perCall) {
    return refusal(
      'call',
      `a call may cost $${usdText(estimate)}, more than $${usdText(io.caps.perCall)}. Fix: raise ai.dailyBudget, of which a call may take two fifths`,
    );
  }
  // What costs nothing needs no cap, and its counters no writes.
  const scopes = estimate === 0 ? [] : spendScopes(call, now, io.caps);
  for (const [index, { name, key, cap }] of scopes.entries()) {
    if (await io.records.addWithin(purseOf(model), key, estimate, cap)) continue;
    const raised = scopes.slice(0, index).map((scope) => scope.key);
    await change(io.records, purseOf(model), raised, -estimate);
    return refusal(name, `$${usdText(estimate)} more would pass the ${name}'s $${usdText(cap)}. Fix: wait, or raise ai.dailyBudget`);
  }
  const record = openRecord(call, estimate, scopes, now);
  const key = `${new Date(now).toISOString()}|${io.nonce()}`;
  // The log is of money: what is free, as all the stand-in does on this machine, is not in it.
  if (estimate > 0) await io.records.put(CALLS, key, record);
  return { ok: true, reservation: { key, record } };
}

/** What a call came to. An unknown cost is taken to be the whole estimate. */
export interface CallOutcome {
  readonly cost: Usd | undefined;
  readonly answered: string | undefined;
  readonly outcome: string;
  readonly usage: Usage | undefined;
  readonly seconds: number;
}

/** Puts what a call cost in the place of what was reserved; returns the cost. A reservation given up meanwhile is charged anew. */
export async function settleCall(io: BudgetIo, { key, record }: Reservation, call: CallOutcome): Promise<Usd> {
  const cost = call.cost ?? record.estimate;
  const { answered, outcome, usage, seconds } = call;
  const settled: AiCallRecord = { ...record, state: 'settled', cost, answered: answered ?? null, outcome, usage: usage ?? null, seconds };
  if (record.estimate === 0 && cost === 0) return cost;
  const inTime = record.estimate > 0 && (await io.records.swap(CALLS, key, record, settled));
  if (!inTime) await io.records.put(CALLS, key, settled);
  await change(io.records, purseOf(record.model), record.counters, inTime ? cost - record.estimate : cost);
  return cost;
}

const HOUR = 3_600_000;

/** How far back each forecast looks for what died, and how far each night does: the log of calls is long. */
export const lookBack = { forecast: 2 * HOUR, night: 48 * HOUR } as const;

/** Gives back reservations whose runs died since then; returns how many. Safe to run twice at once. */
export async function expireReservations(io: Pick<BudgetIo, 'records'>, now: Millis, reach: Millis): Promise<number> {
  const from = new Date(now - reach).toISOString();
  const to = new Date(now - RESERVATION_LEASE).toISOString();
  let expired = 0;
  for (const { key, body } of await io.records.list(CALLS, { from, to })) {
    const record = body as AiCallRecord;
    if (record.state !== 'open') continue;
    const over: AiCallRecord = { ...record, state: 'expired', outcome: 'the run died' };
    if (!(await io.records.swap(CALLS, key, record, over))) continue;
    await change(io.records, purseOf(record.model), record.counters, -record.estimate);
    expired++;
  }
  return expired;
}

/** How much of a budget is spent or reserved. */
export interface Spending {
  readonly name: SpendScope['name'];
  readonly spent: Usd;
  readonly cap: Usd;
}

/** The budgets a charge for a model falls under, and what may still be asked. */
export async function spending(
  io: Pick<BudgetIo, 'records' | 'caps'>,
  charge: AiCharge & { readonly model: string },
  now: Millis,
): Promise<{ budgets: readonly Spending[]; state: Throttle }> {
  const budgets = await Promise.all(
    spendScopes(charge, now, io.caps).map(async ({ name, key, cap }): Promise<Spending> => {
      return { name, cap, spent: await spentIn(io.records, purseOf(charge.model), key) };
    }),
  );
  return { budgets, state: throttle(budgets) };
}

/** What a counter of a purse holds; one that nothing was counted in holds nothing. */
export async function spentIn(records: Pick<RecordStore, 'get'>, purse: Purse, key: string): Promise<Usd> {
  const spent = await records.get(purse, key);
  return (typeof spent === 'number' ? spent : 0) as Usd;
}

function openRecord(
  { purpose, model, ticker, strategy }: PlannedCall,
  estimate: Usd,
  scopes: readonly SpendScope[],
  at: Millis,
): AiCallRecord {
  const counters = scopes.map(({ key }) => key);
  const unsettled = { cost: null, answered: null, outcome: null, usage: null, seconds: null };
  return { state: 'open', at, purpose, model, ticker: ticker ?? null, strategy, estimate, counters, ...unsettled };
}

/** Money that is already spent has no ceiling. */
async function change(records: RecordStore, purse: Purse, counters: readonly string[], amount: number): Promise<void> {
  if (amount === 0) return;
  for (const key of counters) await records.addWithin(purse, key, amount, Number.MAX_SAFE_INTEGER);
}

function purseOf(model: string): Purse {
  return isSimulated(model) ? SIMULATED_SPEND : SPEND;
}

function refusal(why: BudgetRefusal['why'], detail: string): BudgetRefusal {
  return { ok: false, why, detail };
}
