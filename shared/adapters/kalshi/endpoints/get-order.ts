import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { orderSchema } from './order-schema.ts';

/** May lag a write by some hundred milliseconds: a cancelled order may still read as resting. */
export const getOrder = endpoint<{ readonly params: { readonly order_id: string } }>()({
  name: 'GetOrder',
  method: 'GET',
  path: '/portfolio/orders/{order_id}',
  signed: true,
  cost: 2,
  answer: z.object({ order: orderSchema }),
});
