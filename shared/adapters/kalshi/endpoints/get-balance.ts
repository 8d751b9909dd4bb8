import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { cents, dollars, expected, seconds } from '../wire.ts';

/** All shards and the primary account, unless narrowed. The whole cents of `balance` are cut off: read the dollars. */
export const getBalance = endpoint<{ readonly query?: { readonly subaccount?: number; readonly exchange_index?: number } }>()({
  name: 'GetBalance',
  method: 'GET',
  path: '/portfolio/balance',
  signed: true,
  answer: z.object({
    balance: expected(z.int()),
    balance_dollars: expected(dollars),
    portfolio_value: expected(cents),
    updated_ts: expected(seconds),
    balance_breakdown: z.nullish(z.array(z.object({ exchange_index: z.int(), balance: dollars }))),
  }),
});
