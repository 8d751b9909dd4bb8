import * as z from 'zod';
import { expected, retired, time } from '../wire.ts';
import { marketSchema } from './market-schema.ts';

export const settlementSourceSchema = z.object({ name: z.string().nullish(), url: z.string().nullish() });

export const eventSchema = z.object({
  event_ticker: z.string(),
  series_ticker: z.string(),
  sub_title: expected(z.string()),
  title: expected(z.string()),
  collateral_return_type: expected(z.string()),
  /** At most one market resolves YES, not exactly one. */
  mutually_exclusive: expected(z.boolean()),
  category: retired,
  strike_date: time.nullish(),
  strike_period: z.string().nullish(),
  markets: z.array(marketSchema).nullish(),
  product_metadata: z.record(z.string(), z.unknown()).nullish(),
  settlement_sources: z.array(settlementSourceSchema).nullable().optional(),
  last_updated_ts: time.nullish(),
  /** An open set; what we cannot charge is refused where fees are reckoned. */
  fee_type_override: z.string().nullish(),
  fee_multiplier_override: z.number().nullish(),
  exchange_index: z.int().nullish(),
});

export type EventAnswer = z.output<typeof eventSchema>;
