/** A refusal in the service's own words; each service writes it as its protocol wants it. */
export class AwsFailure extends Error {
  /** The name the client's exception gets: `NotFoundException`, `NoSuchKey`. */
  readonly code: string;
  readonly status: number;
  /** Further members of a JSON error. */
  readonly members: Readonly<Record<string, unknown>>;
  constructor(code: string, message: string, status = 400, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'AwsFailure';
    this.code = code;
    this.status = status;
    this.members = members;
  }
}
