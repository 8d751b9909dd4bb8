import * as z from 'zod/mini';
import { cents, expected, seconds } from '../wire.ts';

/** Money coming in or going out. `applied` means that the balance has it. */
export const paymentSchema = z.object({
  id: z.string(),
  status: z.enum(['pending', 'applied', 'failed', 'returned']),
  type: z.enum(['ach', 'wire', 'crypto', 'debit', 'apm']),
  amount_cents: cents,
  fee_cents: expected(cents),
  created_ts: seconds,
  finalized_ts: z.nullish(seconds),
});

export type PaymentAnswer = z.output<typeof paymentSchema>;
