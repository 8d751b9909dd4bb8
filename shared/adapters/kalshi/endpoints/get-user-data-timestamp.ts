import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { time } from '../wire.ts';

/** How fresh balance, orders, fills and positions are. */
export const getUserDataTimestamp = endpoint<Record<never, never>>()({
  name: 'GetUserDataTimestamp',
  method: 'GET',
  path: '/exchange/user_data_timestamp',
  signed: false,
  answer: z.object({ as_of_time: time }),
});
