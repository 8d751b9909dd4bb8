import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { eventSchema } from './event-schema.ts';
import { marketSchema } from './market-schema.ts';

export const getEvent = endpoint<{
  readonly params: { readonly event_ticker: string };
  readonly query?: { readonly with_nested_markets?: boolean };
}>()({
  name: 'GetEvent',
  method: 'GET',
  path: '/events/{event_ticker}',
  signed: false,
  answer: z.object({ event: eventSchema, markets: z.optional(z.array(marketSchema)) }),
});
