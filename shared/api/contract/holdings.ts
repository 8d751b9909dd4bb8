import * as z from 'zod/mini';
import { count, money, price, side, time } from './units.ts';

export const position = z.strictObject({
  ticker: z.string(),
  title: z.nullable(z.string()),
  strategy: z.nullable(z.string()),
  side,
  count,
  entry: price,
  bid: z.nullable(price),
  cost: money,
  value: z.nullable(money),
  pnl: z.nullable(money),
  openedAt: time,
  closesAt: z.nullable(time),
  exits: z.array(z.string()),
});
export type PositionJson = z.output<typeof position>;

const order = z.strictObject({
  id: z.string(),
  ticker: z.string(),
  strategy: z.string(),
  purpose: z.string(),
  side,
  action: z.enum(['buy', 'sell']),
  price,
  count,
  filled: count,
  state: z.string(),
  held: money,
  updatedAt: time,
});

/** `GET /api/positions`: what is held, grouped by event, and the orders that may still fill. */
export const positions = z.strictObject({
  book: z.string(),
  seenAt: z.nullable(time),
  events: z.array(z.strictObject({ event: z.string(), cost: money, value: z.nullable(money), positions: z.array(position) })),
  orders: z.array(order),
  limit: z.number(),
});
export type PositionsJson = z.output<typeof positions>;

/** `GET /api/ledger`: the book's money as the sum of its entries, and what the last sync found. */
export const ledger = z.strictObject({
  book: z.string(),
  entries: z.number(),
  deposits: money,
  buys: money,
  sells: money,
  fees: money,
  payouts: money,
  cash: money,
  realised: money,
  balanced: z.boolean(),
  capital: z.strictObject({
    equity: z.nullable(money),
    bankroll: z.nullable(money),
    reserve: z.nullable(money),
    inOrders: money,
    inPositions: money,
    free: z.nullable(money),
  }),
  reconciliation: z.strictObject({ at: z.nullable(time), state: z.enum(['agrees', 'differs', 'unknown']), detail: z.string() }),
});
export type LedgerJson = z.output<typeof ledger>;

/** `GET /api/costs`: what running it costs. Fees are the exchange's. */
export const costs = z.strictObject({
  book: z.string(),
  fees: z.strictObject({ today: z.nullable(money), month: z.nullable(money), all: z.nullable(money) }),
  ai: z.strictObject({ today: z.nullable(money), month: z.nullable(money), budgetToday: money, calls: z.number() }),
  cloudMonth: z.nullable(money),
  why: z.nullable(z.string()),
});
export type CostsJson = z.output<typeof costs>;
