import type { Account, FeeTerms } from '../fees.ts';
import { chargeFee, feePerContract } from '../fees.ts';
import type { Contracts, Millis, Price, Probability, Role, Usd } from '../money.ts';
import { notional } from '../money.ts';
import { kelly, uncertaintyShrink } from './kelly.ts';

/** What may be bought and with what. Money in micro-dollars; `undefined` room is a cap that does not apply here. */
export interface SizeInput {
  readonly win: Probability;
  readonly standardError: number;
  readonly price: Price;
  /** Highest price re-pegs may take it to: the money caps cover that; absent is the price. */
  readonly ceiling?: Price;
  readonly role: Role;
  readonly fee: FeeTerms;
  readonly at: Millis;
  readonly account: Account;
  readonly bankroll: Usd;
  /** Kelly's λ. */
  readonly fraction: number;
  readonly ignoreFees: boolean;
  /** Dollars left under each money cap, by name. */
  readonly rooms: Readonly<Record<string, Usd | undefined>>;
  /** Contracts the depth rule allows; undefined where depth is not recorded. */
  readonly depth: Contracts | undefined;
  /** Most contracts in one order, whatever they cost; undefined is no such cap. */
  readonly most?: Contracts | undefined;
}

/** One cap and how many contracts it leaves. `binding` is the one that decided. */
export interface SizeCap {
  readonly name: string;
  readonly limit: Contracts | 'not-applicable';
  readonly binding: boolean;
}

export interface Sized {
  /** Dollars per contract, unrounded fee included. */
  readonly cost: number;
  readonly kellyFraction: number;
  /** Share of the bankroll after λ and caps, before whole contracts. */
  readonly fraction: number;
  readonly contracts: Contracts;
  /** contracts × cost, micro-dollars. */
  readonly dollars: Usd;
  /** Exact worst cost: price, or ceiling, × contracts + the fee of one fill at it. */
  readonly risk: Usd;
  readonly feePredicted: Usd;
  readonly caps: readonly SizeCap[];
}

/** Whole contracts: the smallest of λ × Kelly and every cap. Source: algorithms B3. */
export function size(input: SizeInput): Sized {
  const fee = input.ignoreFees ? 0 : feeAt(input.price, input);
  const cost = input.price / 10_000 + fee;
  const kellyFraction = kelly(input.win, cost);
  const worst = input.ceiling === undefined ? cost : input.ceiling / 10_000 + (input.ignoreFees ? 0 : feeAt(input.ceiling, input));
  const stake = input.fraction * uncertaintyShrink(input.win, cost, input.standardError) * kellyFraction * input.bankroll;
  const limits: [string, number | undefined][] = [
    ['kelly', stake / cost / 10_000],
    ...Object.entries(input.rooms).map(([name, room]): [string, number | undefined] => [
      name,
      room === undefined ? undefined : room / worst / 10_000,
    ]),
    ['depth', input.depth],
    ...(input.most === undefined ? [] : [['group', input.most] as [string, number]]),
  ];
  const allowed = limits.reduce((least, [, limit]) => Math.min(least, limit ?? Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY);
  const binding = limits.find(([, limit]) => limit === allowed)?.[0];
  const { contracts, risk, feePredicted } = affordable(input, Math.max(0, Math.floor(allowed / 100 + 1e-9)));
  return {
    cost,
    kellyFraction,
    fraction: input.bankroll > 0 ? (Math.max(0, allowed) * cost * 10_000) / input.bankroll : 0,
    contracts,
    dollars: Math.round(contracts * cost * 10_000) as Usd,
    risk,
    feePredicted,
    caps: limits.map(([name, limit]) => ({
      name,
      limit: limit === undefined ? 'not-applicable' : (Math.max(0, Math.floor(limit)) as Contracts),
      binding: name === binding,
    })),
  };
}

function feeAt(price: Price, { role, fee, at }: SizeInput): number {
  return feePerContract(price, role, fee, at);
}

/** Rounded fees can exceed a cap by a hair where the unrounded fit: then one contract fewer. */
function affordable(input: SizeInput, whole: number): { contracts: Contracts; risk: Usd; feePredicted: Usd } {
  const room = Object.values(input.rooms).reduce<number>((least, next) => Math.min(least, next ?? least), Number.POSITIVE_INFINITY);
  for (let count = whole; ; count--) {
    const contracts = (count * 100) as Contracts;
    const feeOf = (price: Price) => chargeFee({ ...input, price, count: contracts, action: 'buy', terms: input.fee }).fee;
    const worst = input.ceiling ?? input.price;
    const risk = (notional(worst, contracts) + feeOf(worst)) as Usd;
    if (count <= 0 || risk <= room) return { contracts, risk, feePredicted: feeOf(input.price) };
  }
}
