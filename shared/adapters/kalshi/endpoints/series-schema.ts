import * as z from 'zod';
import { count, expected, time } from '../wire.ts';
import { settlementSourceSchema } from './event-schema.ts';

export const seriesSchema = z.object({
  ticker: z.string(),
  frequency: expected(z.string()),
  title: expected(z.string()),
  category: expected(z.string()),
  tags: z.array(z.string()).nullable().optional(),
  settlement_sources: z.array(settlementSourceSchema).nullable().optional(),
  contract_url: expected(z.string()),
  contract_terms_url: expected(z.string()),
  product_metadata: z.record(z.string(), z.unknown()).nullish(),
  /** An open set; what we cannot charge is refused where fees are reckoned. */
  fee_type: expected(z.string()),
  fee_multiplier: expected(z.number()),
  additional_prohibitions: z.array(z.string()).nullable().optional(),
  volume_fp: count.nullish(),
  last_updated_ts: time.nullish(),
  exchange_index: z.int().nullish(),
  categories: expected(z.array(z.string())),
});

export type SeriesAnswer = z.output<typeof seriesSchema>;
