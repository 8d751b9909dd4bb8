/** What became of the request: it never left, nobody knows, or it was answered with no. */
export type Outcome = 'not-sent' | 'unknown' | 'refused';

/** Every failure of the exchange. `fix` is one sentence a person can act on. */
export class ExchangeError extends Error {
  readonly outcome: Outcome;
  /** HTTP status, when there was an answer. */
  readonly status: number | undefined;
  /** The exchange's own code, lower case, kept even when we do not know it. */
  readonly code: string;
  readonly fix: string;
  constructor(
    message: string,
    facts: { readonly outcome: Outcome; readonly status?: number; readonly code: string; readonly fix: string },
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ExchangeError';
    this.outcome = facts.outcome;
    this.status = facts.status;
    this.code = facts.code;
    this.fix = facts.fix;
  }
}
