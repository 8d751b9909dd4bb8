import type { Planned } from './services/aws-api.ts';
import { AwsFailure } from './services/aws-failure.ts';

/**
 * `failing`: an internal error. `throttled`: too many requests. `conflict`: another transaction touches the item.
 * `missing`: what is asked for does not exist. `dropped`: the connection breaks before anything was done.
 * `lost-answer`: it is done, and the connection breaks before the answer.
 */
export type FaultKind = 'failing' | 'throttled' | 'conflict' | 'missing' | 'dropped' | 'lost-answer';

/** What goes wrong, and for whom; absent fields match everything. */
export interface Fault {
  readonly kind: FaultKind;
  /** Signing name: `sns`, `secretsmanager`, `dynamodb`. */
  readonly service: string;
  readonly operation?: string;
  /** Part of an ARN that the call touches. */
  readonly resource?: string;
  /** How often; absent: until taken away. */
  readonly times?: number;
}

/** Switches for tests and drills. */
export interface Faults {
  /** Returns how to switch it off again. */
  add(fault: Fault): () => void;
  /** The fault that hits this call, counted as used. */
  take(service: string, planned: Planned): FaultKind | undefined;
}

export function faultBoard(): Faults {
  const left = new Map<Fault, number>();
  return {
    add(fault) {
      left.set(fault, fault.times ?? Number.POSITIVE_INFINITY);
      return () => void left.delete(fault);
    },
    take(service, planned) {
      const found = [...left].find(([fault]) => fault.service === service && hits(fault, planned));
      if (found === undefined) return undefined;
      const [fault, times] = found;
      if (times <= 1) left.delete(fault);
      else left.set(fault, times - 1);
      return fault.kind;
    },
  };
}

function hits({ operation, resource }: Fault, planned: Planned): boolean {
  if (operation !== undefined && operation !== planned.operation) return false;
  return resource === undefined || planned.needs.some((need) => need.resource.includes(resource));
}

const throttled: Readonly<Record<string, readonly [code: string, status: number]>> = {
  dynamodb: ['ProvisionedThroughputExceededException', 400],
  sns: ['Throttled', 429],
  s3: ['SlowDown', 503],
  lambda: ['TooManyRequestsException', 429],
  sqs: ['RequestThrottled', 400],
};

const missing: Readonly<Record<string, string>> = { sns: 'NotFound', s3: 'NoSuchKey', sqs: 'QueueDoesNotExist' };

/** The failure in the service's own words; undefined for those that break the connection instead. */
export function failureOf(kind: FaultKind, service: string, planned: Planned): AwsFailure | undefined {
  if (kind === 'failing') return new AwsFailure('InternalError', 'We encountered an internal error. Please try again.', 500);
  if (kind === 'missing')
    return new AwsFailure(missing[service] ?? 'ResourceNotFoundException', 'The specified resource does not exist', 404);
  if (kind === 'throttled') {
    const [code, status] = throttled[service] ?? ['ThrottlingException', 400];
    return new AwsFailure(code, 'Rate exceeded', status);
  }
  return kind === 'conflict' ? conflict(planned) : undefined;
}

/** Inside a transaction the reason stands item by item; outside it is an exception of its own. */
function conflict({ operation, needs }: Planned): AwsFailure {
  if (!operation.startsWith('Transact')) return new AwsFailure('TransactionConflictException', 'Transaction is ongoing for the item');
  const CancellationReasons = needs.map((_, index) =>
    index === 0 ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' } : { Code: 'None' },
  );
  const codes = CancellationReasons.map(({ Code }) => Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return new AwsFailure('TransactionCanceledException', message, 400, { CancellationReasons });
}
