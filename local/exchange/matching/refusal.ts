/** The shapes in which the exchange says no. */
export type RefusalShape = 'nested' | 'flat' | 'msg' | 'text';

/** A request the exchange declines; becomes the answer. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: string | undefined;
  readonly shape: RefusalShape;
  constructor(status: number, code: string, message: string, details?: string, shape: RefusalShape = 'nested') {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.details = details;
    this.shape = shape;
  }
}
