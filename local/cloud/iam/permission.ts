/** One thing a caller must be allowed to do, in the words of IAM. A request may need several. */
export interface Permission {
  /** `dynamodb:PutItem` and the like. */
  readonly action: string;
  /** ARN of what is touched; `*` for actions that touch nothing in particular. */
  readonly resource: string;
  /** Condition keys of the request, such as `dynamodb:LeadingKeys`. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
}
