import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { cursor, expected, time } from '../wire.ts';

const change = z.object({
  id: expected(z.string()),
  event_ticker: z.string(),
  series_ticker: expected(z.string()),
  /** Null lifts the override. */
  fee_type_override: z.nullable(z.string()),
  fee_multiplier_override: z.nullable(z.number()),
  scheduled_ts: time,
});

export const getEventFeeChanges = endpoint<{
  readonly query: { readonly event_ticker?: string; readonly limit?: number; readonly cursor?: string };
}>()({
  name: 'GetEventFeeChanges',
  method: 'GET',
  path: '/events/fee_changes',
  signed: false,
  answer: z.object({ event_fee_changes: z.array(change), cursor }),
});
