import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { expected, time } from '../wire.ts';

/** Open and close of a session, `HH:MM` in New York; `00:00` to `00:00` is all day. */
const sessions = expected(z.array(z.object({ open_time: z.string(), close_time: z.string() })));

const week = z.object({
  start_time: expected(time),
  end_time: expected(time),
  monday: sessions,
  tuesday: sessions,
  wednesday: sessions,
  thursday: sessions,
  friday: sessions,
  saturday: sessions,
  sunday: sessions,
});

export const getExchangeSchedule = endpoint<Record<never, never>>()({
  name: 'GetExchangeSchedule',
  method: 'GET',
  path: '/exchange/schedule',
  signed: false,
  answer: z.object({
    schedule: z.object({
      standard_hours: z.array(week),
      maintenance_windows: z.array(z.object({ start_datetime: time, end_datetime: time })),
    }),
  }),
});
