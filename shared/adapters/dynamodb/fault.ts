import { StoreFailure } from '../../ports/store.ts';

/** What a failed request tells: whether to try again, and whether it surely did nothing. */
export interface Fault {
  readonly passing: boolean;
  readonly harmless: boolean;
}

/** DynamoDB answered a batch with everything undone, which is how it throttles batches. */
export class NothingProcessed extends Error {
  override readonly name = 'ThrottlingException';
}

const passing = new Set([
  'ProvisionedThroughputExceededException',
  'ProvisionedThroughputExceeded',
  'ThrottlingException',
  'ThrottlingError',
  'RequestLimitExceeded',
  'TransactionConflictException',
  'TransactionConflict',
  'ECONNREFUSED',
]);

const TOO_LARGE = 'keep what is stored together under 400 kB; large things belong in the recordings';

const fixes: Readonly<Record<string, string>> = {
  ResourceNotFoundException: 'create the tables: `npm start` does on this machine, deploying the state stack does in AWS',
  AccessDeniedException: 'let the role use the table; the map in shared/system says which function may',
  UnrecognizedClientException: 'give valid AWS credentials',
  CredentialsProviderError: 'give AWS credentials',
  ExpiredTokenException: 'renew the AWS credentials',
  ValidationException: TOO_LARGE,
  ValidationError: TOO_LARGE,
  ECONNREFUSED: 'start the database (`npm start`), or correct AWS_ENDPOINT_URL_DYNAMODB',
};

export function faultOf(error: unknown): Fault {
  const { words, client, attempts } = factsOf(error);
  // The SDK may have tried before, and what that did nobody knows.
  const harmless = attempts === 1;
  if (words.some((word) => passing.has(word))) return { passing: true, harmless };
  if (words.includes('TransactionInProgressException')) return { passing: true, harmless: false };
  if (client || words.some((word) => word in fixes)) return { passing: false, harmless };
  return { passing: true, harmless: false };
}

/** What is left when trying again did not help. */
export function storeFailure(what: string, error: unknown, outcome: StoreFailure['outcome']): StoreFailure {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const fix = factsOf(error)
    .words.map((word) => fixes[word])
    .find((known) => known !== undefined);
  const happened = outcome === 'unknown' ? 'may or may not have happened' : 'did not happen';
  return new StoreFailure(`${what} ${happened}: ${said}. Fix: ${fix ?? 'run it again; if it stays, see how DynamoDB is'}`, outcome, {
    cause: error,
  });
}

/** Every word by which the SDK says what went wrong: the error's name, the socket's code, why a transaction was cancelled. */
function factsOf(error: unknown) {
  const { name, code, $fault, $metadata, CancellationReasons } = (error instanceof Error ? error : {}) as Partial<SdkError>;
  const words = [name, code, ...(CancellationReasons ?? []).map(({ Code }) => Code)].filter((word) => word !== undefined);
  return { words, client: $fault === 'client', attempts: $metadata?.attempts ?? 1 };
}

/** What the AWS SDK adds to its errors. */
interface SdkError extends Error {
  readonly code?: string;
  readonly $fault?: 'client' | 'server';
  readonly $metadata?: { readonly attempts?: number };
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
}
