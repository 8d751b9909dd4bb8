import * as z from 'zod/mini';
import type { Contracts, Millis, Price, Usd } from '../../../shared/domain/money.ts';

const at = z.int() as unknown as z.ZodMiniType<Millis>;
const usd = z.int() as unknown as z.ZodMiniType<Usd>;
const price = z.int() as unknown as z.ZodMiniType<Price>;
const contracts = z.int() as unknown as z.ZodMiniType<Contracts>;
const shard = z.int();

const orderState = z.strictObject({
  clientOrderId: z.string(),
  price,
  initial: contracts,
  filled: contracts,
  remaining: contracts,
  status: z.enum(['resting', 'canceled', 'executed']),
  expiresAt: z.optional(at),
  takerCost: usd,
  makerCost: usd,
  takerFees: usd,
  makerFees: usd,
  updatedAt: at,
  reason: z.enum(['', 'Decrease', 'Amend', 'SelfTradeCancel', 'ExpiryCancel', 'Trade', 'ReduceOnlyCancel']),
});

const order = z.strictObject({
  id: z.string(),
  ticker: z.string(),
  side: z.enum(['bid', 'ask']),
  selfTrade: z.enum(['taker_at_cross', 'maker']),
  postOnly: z.boolean(),
  cancelOnPause: z.boolean(),
  group: z.optional(z.string()),
  createdAt: at,
  rounding: usd,
  /** Every client order id it has had. */
  names: z.array(z.string()),
  state: orderState,
});

const fill = z.strictObject({
  id: z.string(),
  order: z.string(),
  at,
  price,
  count: contracts,
  taker: z.boolean(),
  fee: usd,
  positionAfter: z.int(),
});

const position = z.strictObject({ yes: z.int(), cost: usd, traded: usd, realized: usd, fees: usd, at });

const settlement = z.strictObject({ ticker: z.string(), at, position, revenue: usd, fee: usd });

const group = z.strictObject({
  id: z.string(),
  shard,
  limit: contracts,
  triggered: z.boolean(),
  matches: z.array(z.strictObject({ at, count: z.int() })),
});

const transfer = z.strictObject({
  id: z.string(),
  from: shard,
  to: shard,
  amount: usd,
  createdAt: at,
  complete: z.boolean(),
});

/** What one request, or the passing of time, changed of the member's account: all of it or nothing. */
export const momentSchema = z.strictObject({
  at,
  /** Identifiers given out so far. */
  made: z.int(),
  /** Of every shard. */
  cash: z.array(z.tuple([shard, usd])),
  /** Those that changed, as they are now; the same holds for holdings. */
  orders: z.array(order),
  holdings: z.array(z.tuple([z.string(), position])),
  /** New ones. */
  fills: z.array(fill),
  settlements: z.array(settlement),
  /** All of them. */
  groups: z.array(group),
  transfers: z.array(transfer),
});

export type Moment = z.output<typeof momentSchema>;
export type KeptOrder = Moment['orders'][number];

/** Moments one after the other as one: the account as the last of them left it. Undefined of none. */
export function joined(moments: readonly Moment[]): Moment | undefined {
  const last = moments.at(-1);
  if (!last) return undefined;
  return {
    ...last,
    orders: [...new Map(moments.flatMap(({ orders }) => orders).map((one) => [one.id, one])).values()],
    holdings: [...new Map(moments.flatMap(({ holdings }) => holdings))],
    fills: moments.flatMap(({ fills }) => fills),
    settlements: moments.flatMap(({ settlements }) => settlements),
  };
}
