import { en } from 'zod/locales';
import * as z from 'zod/mini';

// The small edition of zod says "Invalid input" and no more until it is given its words: once, for the whole process.
z.config(en());

/** What is wrong with a value from outside, a line for each fault and where it is. */
export function refusalWords(error: z.core.$ZodError): string {
  return z.prettifyError(error);
}
