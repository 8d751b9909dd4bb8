import type { Permission } from './iam/permission.ts';

/** One call to AWS, as it was answered. */
export interface CloudCall {
  /** Signing name: `sns`, `s3`, `dynamodb`. */
  readonly service: string;
  /** `Publish`, `GetObject`. */
  readonly operation: string;
  /** Who signed: the role of a function, or whatever key a person used. */
  readonly principal: string;
  /** What it took to be allowed. */
  readonly needs: readonly Permission[];
  /** Bytes of the two bodies, without what JSON escapes. */
  readonly sent: number;
  readonly answered: number;
  /** HTTP status; undefined when the connection was broken on purpose. */
  readonly status: number | undefined;
  /** The failure's code, or why the role forbids it. */
  readonly failure?: string;
}
