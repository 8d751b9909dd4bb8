import type { AiCharge, Usage } from '../../domain/ai-budget.ts';
import type { Millis, Usd } from '../../domain/money.ts';
import type { Analyst, Answer, NoAnswerReason, Task } from '../../ports/analyst.ts';
import type { BudgetIo, BudgetRefusal } from '../ai-budget.ts';
import { reserveCall, settleCall } from '../ai-budget.ts';

/** What asking came to. `cost` is of all calls made for it. */
export type Asked<T> =
  | {
      readonly ok: true;
      readonly value: T;
      readonly model: string;
      readonly cost: Usd;
      readonly usage: Usage | undefined;
      readonly seconds: number;
    }
  | { readonly ok: false; readonly why: NoAnswerReason | 'budget'; readonly detail: string; readonly cost: Usd };

type Call<K extends Task, T> = (analyst: Analyst, task: K) => Promise<Answer<T>>;

const repairable: readonly NoAnswerReason[] = ['bad-json', 'wrong-shape', 'out-of-range'];

/**
 * Asks the first analyst that answers, in order: each call is reserved before and settled after. An answer of the wrong
 * shape is asked for once more in the whole asking; anything else goes to the next analyst.
 */
export async function askInTurn<K extends Task, T>(
  io: BudgetIo,
  analysts: readonly Analyst[],
  charge: AiCharge,
  task: K,
  call: Call<K, T>,
  now: Millis,
): Promise<Asked<T>> {
  let cost = 0;
  let last: { why: NoAnswerReason | 'budget'; detail: string } = { why: 'no-basis', detail: 'there is no analyst' };
  let repairs = 1;
  for (const analyst of analysts) {
    let current: K | undefined = task;
    while (current) {
      const asked: Asked<T> = await askOnce(io, analyst, charge, current, call, now);
      cost += asked.cost;
      if (asked.ok) return { ...asked, cost: cost as Usd };
      last = asked;
      current = isRepairable(asked.why) && repairs-- > 0 ? { ...task, repair: asked.detail } : undefined;
    }
  }
  return { ok: false, ...last, cost: cost as Usd };
}

function isRepairable(why: NoAnswerReason | 'budget'): boolean {
  return why !== 'budget' && repairable.includes(why);
}

async function askOnce<K extends Task, T>(
  io: BudgetIo,
  analyst: Analyst,
  charge: AiCharge,
  task: K,
  call: Call<K, T>,
  now: Millis,
): Promise<Asked<T>> {
  const planned = { ...charge, purpose: task.kind, model: analyst.model, estimate: analyst.estimate(task) };
  const reserved = await reserveCall(io, planned, now);
  if (!reserved.ok) return budgetRefusal(reserved);
  const answer = await call(analyst, task);
  const { answered, usage, seconds, cost: charged } = answer.call;
  const outcome = answer.ok ? 'answered' : answer.why;
  const cost = await settleCall(io, reserved.reservation, { cost: charged, answered, outcome, usage, seconds });
  if (!answer.ok) return { ok: false, why: answer.why, detail: `${analyst.model}: ${answer.detail}`, cost };
  return { ok: true, value: answer.value, model: answered ?? analyst.model, cost, usage, seconds };
}

function budgetRefusal({ detail }: BudgetRefusal) {
  return { ok: false, why: 'budget', detail, cost: 0 as Usd } as const;
}
