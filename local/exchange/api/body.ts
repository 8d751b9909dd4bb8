import * as z from 'zod/mini';
import type { Contracts, Price } from '../../../shared/domain/money.ts';
import { parseContracts, parsePrice } from '../../../shared/domain/money.ts';
import { Refusal } from '../matching/refusal.ts';

/** Reads a JSON body as strictly as the exchange: a number where text belongs is refused, in the flat error shape. */
export function readBody<T>(text: string, schema: z.ZodMiniType<T>): T {
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badRequest(`${issue?.path.join('.') ?? 'body'}: ${issue?.message ?? 'not valid'}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('body is not JSON');
  }
}

function badRequest(details: string): Refusal {
  return new Refusal(400, 'bad_request', 'bad request', details, 'flat');
}

/** A count as text with at most two decimals, above nothing. */
export function readCount(text: string): Contracts {
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(text) || parseContracts(text) === 0) {
    throw new Refusal(400, 'invalid_order_size', 'invalid order size', 'count must be at least 0.01, with at most 2 decimals');
  }
  return parseContracts(text);
}

/** A price as text with two to four decimals. Whether it lies on the market's grid is another question. */
export function readPrice(text: string): Price {
  if (!/^[01]\.\d{2,4}$/.test(text) || Number(text) > 1)
    throw new Refusal(400, 'invalid_price', 'invalid price', 'price must be dollars with 2 to 4 decimals');
  return parsePrice(text);
}

const bookSide = z.enum(['bid', 'ask']);
const shard = z.optional(z.int());
const subaccount = z.optional(z.int().check(z.gte(0), z.lte(63)));

export const createOrderBody = z.object({
  ticker: z.string(),
  client_order_id: z.optional(z.string().check(z.maxLength(64))),
  side: bookSide,
  count: z.string(),
  price: z.string(),
  expiration_time: z.optional(z.int()),
  time_in_force: z.enum(['fill_or_kill', 'good_till_canceled', 'immediate_or_cancel']),
  post_only: z.optional(z.boolean()),
  self_trade_prevention_type: z.enum(['taker_at_cross', 'maker']),
  cancel_order_on_pause: z.optional(z.boolean()),
  reduce_only: z.optional(z.boolean()),
  subaccount,
  order_group_id: z.optional(z.string()),
  exchange_index: shard,
});
export type CreateOrderBody = z.output<typeof createOrderBody>;

export const amendOrderBody = z.object({
  ticker: z.string(),
  side: bookSide,
  price: z.string(),
  count: z.string(),
  client_order_id: z.optional(z.string()),
  updated_client_order_id: z.optional(z.string().check(z.maxLength(64))),
  exchange_index: shard,
  expiration_time: z.optional(z.int()),
});

export const decreaseOrderBody = z.object({
  reduce_by: z.nullish(z.string()),
  reduce_to: z.nullish(z.string()),
  exchange_index: shard,
  market_ticker: z.optional(z.string()),
});

const cancelItem = z.object({ order_id: z.string(), subaccount, exchange_index: shard, market_ticker: z.optional(z.string()) });
export type CancelItem = z.output<typeof cancelItem>;

export const batchCreateBody = z.object({ orders: z.array(createOrderBody).check(z.minLength(1)) });
export const batchCancelBody = z.object({ orders: z.array(cancelItem).check(z.minLength(1)) });

const contractsLimit = { contracts_limit: z.optional(z.int().check(z.positive())), contracts_limit_fp: z.nullish(z.string()) };
export const createGroupBody = z.object({ ...contractsLimit, subaccount, exchange_index: shard });
export const groupLimitBody = z.object(contractsLimit);

export const transferBody = z.object({
  source: z.enum(['event_contract', 'margined']),
  destination: z.enum(['event_contract', 'margined']),
  amount: z.int().check(z.positive()),
  source_exchange_shard: z.optional(z.int()),
  destination_exchange_shard: z.optional(z.int()),
});
