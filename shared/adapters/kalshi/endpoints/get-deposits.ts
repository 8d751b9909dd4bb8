import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { cursor } from '../wire.ts';
import { paymentSchema } from './payment-schema.ts';

export const getDeposits = endpoint<{ readonly query?: { readonly limit?: number; readonly cursor?: string } }>()({
  name: 'GetDeposits',
  method: 'GET',
  path: '/portfolio/deposits',
  signed: true,
  answer: z.object({ deposits: z.array(paymentSchema), cursor }),
});
