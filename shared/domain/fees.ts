import type { Action, Contracts, Millis, Price, Role, Usd } from './money.ts';
import { notional, PAYOUT } from './money.ts';

/** The exchange's fee types that we know how to charge. The exchange's list is open: anything else is unknown. */
export const feeTypes = ['quadratic', 'quadratic_with_maker_fees', 'quadratic_with_combo_maker_fees'] as const;
export type FeeType = (typeof feeTypes)[number];

/** Fee type and multiplier in force for a market: the event's override if set, else the series'. */
export interface FeeTerms {
  readonly type: FeeType;
  /** Ten-thousandths: 10,000 is 1. */
  readonly multiplier: number;
}

/** Direct members' cash moves in $0.0001, everyone else's in whole cents. */
export type Account = 'direct' | 'non-direct';

/** How fees are computed from a date on. Rates in ten-thousandths of a dollar, steps in micro-dollars. */
export interface FeeRule {
  readonly from: Millis;
  readonly takerRate: number;
  readonly makerRate: Readonly<Record<FeeType, number>>;
  readonly tradeFeeStep: number;
  readonly cashStep: Readonly<Record<Account, number>>;
}

/** Newest last. Source: Kalshi's fee rounding page of 2026-10-07 and, before it, of 2026-08-22. */
export const feeRules: readonly FeeRule[] = [
  {
    from: 0,
    takerRate: 700,
    makerRate: { quadratic: 0, quadratic_with_maker_fees: 175, quadratic_with_combo_maker_fees: 350 },
    tradeFeeStep: 1,
    cashStep: { direct: 100, 'non-direct': 10_000 },
  },
];

/** One fill as the fee engine sees it; the price is of the side traded. */
export interface FeeInput {
  readonly count: Contracts;
  readonly price: Price;
  readonly role: Role;
  readonly action: Action;
  readonly account: Account;
  readonly terms: FeeTerms;
  readonly at: Millis;
}

export interface FeeCharge {
  readonly tradeFee: Usd;
  readonly roundingFee: Usd;
  readonly rebate: Usd;
  /** tradeFee + roundingFee − rebate, never negative. */
  readonly fee: Usd;
  /** Rounding of the order so far that has not been rebated; pass it to the order's next fill. */
  readonly accumulated: Usd;
}

/**
 * What one fill costs, exact to the micro-dollar. The trade fee is rounded up to its step; signed cash is then floored
 * to the account's step, and an order's accumulated rounding is rebated one step each time it exceeds a step, but never
 * more than the fill's own fee: the rest waits for the next fill.
 * Source: Kalshi fee rounding, 2026-10-07.
 */
export function chargeFee(input: FeeInput, accumulated: Usd = 0 as Usd): FeeCharge {
  const rule = feeRuleAt(input.at);
  const step = rule.cashStep[input.account];
  const tradeFee = modelFee(input, rule);
  const value = notional(input.price, input.count);
  const cash = (input.action === 'buy' ? -value : value) - tradeFee;
  const roundingFee = cash - Math.floor(cash / step) * step;
  const total = accumulated + roundingFee;
  const due = total > step ? Math.ceil(total / step - 1) : 0;
  const rebate = Math.min(due, Math.floor((tradeFee + roundingFee) / step)) * step;
  return {
    tradeFee,
    roundingFee: roundingFee as Usd,
    rebate: rebate as Usd,
    fee: (tradeFee + roundingFee - rebate) as Usd,
    accumulated: (total - rebate) as Usd,
  };
}

/** Unrounded fee of one contract in dollars, for decisions: M × rate × P × (1 − P). */
export function feePerContract(price: Price, role: Role, terms: FeeTerms, at: Millis): number {
  const rule = feeRuleAt(at);
  const share = price / PAYOUT;
  return (rateOf(role, terms, rule) / 10_000) * (terms.multiplier / 10_000) * share * (1 - share);
}

/** Fee type and multiplier as the exchange names them; undefined when either is missing or not one we can charge. */
export function feeTerms(type: string | undefined, multiplier: number | undefined): FeeTerms | undefined {
  const known = feeTypes.find((name) => name === type);
  if (known === undefined || multiplier === undefined) return undefined;
  const scaled = Math.round(multiplier * 10_000);
  const exact = scaled >= 0 && Math.abs(scaled / 10_000 - multiplier) < 1e-9;
  return exact ? { type: known, multiplier: scaled } : undefined;
}

/** A change of a series' or an event's fee from a date on; a null type or multiplier lifts an override. */
export interface FeeChange {
  readonly at: Millis;
  readonly type: string | null;
  readonly multiplier: number | null;
}

/**
 * Terms in force at `at`: the event's override where it has one, else the series', each after its scheduled changes.
 * Unknown types fail closed: undefined.
 */
export function effectiveFeeTerms(
  series: FeeChange,
  seriesChanges: readonly FeeChange[],
  eventChanges: readonly FeeChange[],
  at: Millis,
): FeeTerms | undefined {
  const base = latest([series, ...seriesChanges], at) ?? series;
  const override = latest(eventChanges, at);
  return feeTerms(override?.type ?? base.type ?? undefined, override?.multiplier ?? base.multiplier ?? undefined);
}

function latest(changes: readonly FeeChange[], at: Millis): FeeChange | undefined {
  return changes
    .filter((change) => change.at <= at)
    .reduce<FeeChange | undefined>((last, change) => (last && last.at > change.at ? last : change), undefined);
}

/** The newest rule that was in force at `at`; before the first, the first. */
export function feeRuleAt(at: Millis, rules: readonly FeeRule[] = feeRules): FeeRule {
  let inForce = rules[0] as FeeRule;
  for (const rule of rules) if (at >= rule.from) inForce = rule;
  return inForce;
}

function rateOf(role: Role, terms: FeeTerms, rule: FeeRule): number {
  return role === 'taker' ? rule.takerRate : rule.makerRate[terms.type];
}

/** M × rate × C × P × (1 − P), rounded up to the rule's step. The product needs 80 bits: integers of any size. */
function modelFee({ count, price, role, terms }: FeeInput, rule: FeeRule): Usd {
  const rate = rateOf(role, terms, rule);
  if (rate === 0 || terms.multiplier === 0) return 0 as Usd;
  const exact = BigInt(count) * BigInt(price) * BigInt(PAYOUT - price) * BigInt(rate) * BigInt(terms.multiplier);
  const step = 1_000_000_000_000n * BigInt(rule.tradeFeeStep);
  return Number(((exact + step - 1n) / step) * BigInt(rule.tradeFeeStep)) as Usd;
}
