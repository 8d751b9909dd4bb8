import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { expected } from '../wire.ts';

/** What is not listed costs `default_cost`. */
export const getEndpointCosts = endpoint<Record<never, never>>()({
  name: 'GetAccountEndpointCosts',
  method: 'GET',
  path: '/account/endpoint_costs',
  signed: false,
  answer: z.object({
    default_cost: expected(z.int().check(z.nonnegative())),
    endpoint_costs: z.array(z.object({ method: z.string(), path: z.string(), cost: z.int().check(z.nonnegative()) })),
  }),
});
