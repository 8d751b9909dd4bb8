import * as z from 'zod';
import { count, money, price, side, time } from './units.ts';

export const position = z.strictObject({
  ticker: z.string(),
  title: z.string().nullable(),
  strategy: z.string().nullable(),
  side,
  count,
  entry: price,
  bid: price.nullable(),
  cost: money,
  value: money.nullable(),
  pnl: money.nullable(),
  openedAt: time,
  closesAt: time.nullable(),
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
  seenAt: time.nullable(),
  events: z.array(z.strictObject({ event: z.string(), cost: money, value: money.nullable(), positions: z.array(position) })),
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
    equity: money.nullable(),
    bankroll: money.nullable(),
    reserve: money.nullable(),
    inOrders: money,
    inPositions: money,
    free: money.nullable(),
  }),
  reconciliation: z.strictObject({ at: time.nullable(), state: z.enum(['agrees', 'differs', 'unknown']), detail: z.string() }),
});
export type LedgerJson = z.output<typeof ledger>;

/** `GET /api/costs`: what running it costs. Fees are the exchange's. */
export const costs = z.strictObject({
  book: z.string(),
  fees: z.strictObject({ today: money.nullable(), month: money.nullable(), all: money.nullable() }),
  ai: z.strictObject({ today: money.nullable(), month: money.nullable(), budgetToday: money, calls: z.number() }),
  cloudMonth: money.nullable(),
  why: z.string().nullable(),
});
export type CostsJson = z.output<typeof costs>;
