import * as z from 'zod/mini';
import { mode, price } from './units.ts';

/** What `POST /api/actions/NAME` takes. `word` is the book in capitals, typed by a person. */
export const actionBody = z.strictObject({
  token: z.string().check(z.maxLength(200)),
  word: z.optional(z.string().check(z.maxLength(20))),
  /** The book it is about; absent: that of the mode. */
  book: z.optional(mode),
  reason: z.optional(z.string().check(z.maxLength(500))),
  cause: z.optional(z.string().check(z.maxLength(300))),
  /** Of `close`: the position, and the least price a contract to sell at. */
  ticker: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
  floor: z.optional(price),
});
export type ActionBody = z.output<typeof actionBody>;

/** What an action came to. `fix` where it was refused. */
export const actionResult = z.strictObject({ ok: z.boolean(), message: z.string(), fix: z.optional(z.string()) });
export type ActionResult = z.output<typeof actionResult>;
