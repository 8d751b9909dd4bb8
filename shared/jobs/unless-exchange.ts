import { ExchangeError } from '../ports/exchange-error.ts';

/** For the `catch` of a read that may be missing: undefined when the exchange failed, and what else went wrong goes on. */
export function unlessExchange(error: unknown): undefined {
  if (!(error instanceof ExchangeError)) throw error;
}
