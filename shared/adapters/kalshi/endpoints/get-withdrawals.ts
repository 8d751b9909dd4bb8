import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { cursor } from '../wire.ts';
import { paymentSchema } from './payment-schema.ts';

export const getWithdrawals = endpoint<{ readonly query?: { readonly limit?: number; readonly cursor?: string } }>()({
  name: 'GetWithdrawals',
  method: 'GET',
  path: '/portfolio/withdrawals',
  signed: true,
  answer: z.object({ withdrawals: z.array(paymentSchema), cursor }),
});
