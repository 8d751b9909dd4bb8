import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { expected, seconds } from '../wire.ts';

const bucket = z.object({ refill_rate: z.int().check(z.positive()), bucket_capacity: z.int().check(z.positive()) });

const grant = z.object({
  exchange_instance: z.enum(['event_contract', 'margined']),
  level: expected(z.string()),
  expires_ts: z.nullish(seconds),
  source: expected(z.string()),
});

/** Tokens a second and tokens at most, of the account's own buckets. */
export const getAccountLimits = endpoint<Record<never, never>>()({
  name: 'GetAccountApiLimits',
  method: 'GET',
  path: '/account/limits',
  signed: true,
  answer: z.object({ usage_tier: expected(z.string()), read: bucket, write: bucket, grants: expected(z.array(grant)) }),
});
