import * as z from 'zod/mini';
import { count, expected, time } from '../wire.ts';
import { settlementSourceSchema } from './event-schema.ts';

export const seriesSchema = z.object({
  ticker: z.string(),
  frequency: expected(z.string()),
  title: expected(z.string()),
  category: expected(z.string()),
  tags: z.optional(z.nullable(z.array(z.string()))),
  settlement_sources: z.optional(z.nullable(z.array(settlementSourceSchema))),
  contract_url: expected(z.string()),
  contract_terms_url: expected(z.string()),
  product_metadata: z.nullish(z.record(z.string(), z.unknown())),
  /** An open set; what we cannot charge is refused where fees are reckoned. */
  fee_type: expected(z.string()),
  fee_multiplier: expected(z.number()),
  additional_prohibitions: z.optional(z.nullable(z.array(z.string()))),
  volume_fp: z.nullish(count),
  last_updated_ts: z.nullish(time),
  exchange_index: z.nullish(z.int()),
  categories: expected(z.array(z.string())),
});

export type SeriesAnswer = z.output<typeof seriesSchema>;
