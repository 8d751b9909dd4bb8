import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { expected, seconds } from '../wire.ts';

const scopes = [
  'read',
  'write',
  'read::block_trade_accept',
  'read::portfolio_balance',
  'write::trade',
  'write::transfer',
  'write::block_trade_accept',
] as const;

/** With when the location attestation lapses, after which keys stop working for some categories. */
export const getApiKeys = endpoint<Record<never, never>>()({
  name: 'GetApiKeys',
  method: 'GET',
  path: '/api_keys',
  signed: true,
  answer: z.object({
    api_keys: z.array(
      z.object({
        api_key_id: z.string(),
        name: expected(z.string()),
        scopes: expected(z.array(z.enum(scopes))),
        subaccount: z.nullish(z.int()),
        fcm_subtrader_id: z.nullish(z.string()),
      }),
    ),
    api_key_region_expiration_ts: z.nullish(seconds),
  }),
});
