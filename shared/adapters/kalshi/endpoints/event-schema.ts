import * as z from 'zod/mini';
import { expected, retired, time } from '../wire.ts';
import { marketSchema } from './market-schema.ts';

export const settlementSourceSchema = z.object({ name: z.nullish(z.string()), url: z.nullish(z.string()) });

export const eventSchema = z.object({
  event_ticker: z.string(),
  series_ticker: z.string(),
  sub_title: expected(z.string()),
  title: expected(z.string()),
  collateral_return_type: expected(z.string()),
  /** At most one market resolves YES, not exactly one. */
  mutually_exclusive: expected(z.boolean()),
  category: retired,
  strike_date: z.nullish(time),
  strike_period: z.nullish(z.string()),
  markets: z.nullish(z.array(marketSchema)),
  product_metadata: z.nullish(z.record(z.string(), z.unknown())),
  settlement_sources: z.optional(z.nullable(z.array(settlementSourceSchema))),
  last_updated_ts: z.nullish(time),
  /** An open set; what we cannot charge is refused where fees are reckoned. */
  fee_type_override: z.nullish(z.string()),
  fee_multiplier_override: z.nullish(z.number()),
  exchange_index: z.nullish(z.int()),
});

export type EventAnswer = z.output<typeof eventSchema>;
