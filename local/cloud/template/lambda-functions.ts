import * as z from 'zod/mini';
import { type Assembly, type Resource, resourcesOf } from './assembly.ts';
import { localName } from './local-names.ts';
import type { Resolve } from './resolver.ts';

/** One Lambda function of the app, as AWS would run it. */
export interface LambdaFunction {
  readonly name: string;
  readonly logicalId: string;
  /** Absolute folder of the unpacked code. */
  readonly code: string;
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Name of its role. */
  readonly role: string;
  readonly delivery: Delivery;
}

/** What becomes of an asynchronous event. Destinations are ARNs of functions or queues. */
export interface Delivery {
  /** How often a run that failed is run again. */
  readonly retries: number;
  /** An event older than this is given up. */
  readonly maxAgeSeconds: number;
  /** Told how it went, after success and after the last failure. */
  readonly onSuccess?: string;
  readonly onFailure?: string;
  /** Queue for the events themselves that failed. */
  readonly deadLetters?: string;
}

/** Defaults are Lambda's own. */
const shape = z.object({
  Handler: z.string(),
  Timeout: z._default(z.number(), 3),
  MemorySize: z._default(z.number(), 128),
  Role: z.string(),
  Environment: z._default(z.object({ Variables: z._default(z.record(z.string(), z.coerce.string()), {}) }), { Variables: {} }),
  Code: z.object({ S3Key: z.string() }),
  DeadLetterConfig: z.optional(z.object({ TargetArn: z.string() })),
});

const destination = z.optional(z.object({ Destination: z.string() }));

const asynchronous = z.object({
  FunctionName: z.string(),
  MaximumRetryAttempts: z._default(z.number(), 2),
  MaximumEventAgeInSeconds: z._default(z.number(), 21_600),
  DestinationConfig: z._default(z.object({ OnSuccess: destination, OnFailure: destination }), {}),
});

type Asynchronous = z.output<typeof asynchronous>;

/** Every function of the app whose code is a Node bundle among its assets. */
export function lambdaFunctions(assembly: Assembly, resolve: Resolve): readonly LambdaFunction[] {
  const configured = resourcesOf(assembly, 'AWS::Lambda::EventInvokeConfig').map(({ stack, properties }) =>
    asynchronous.parse(resolve(stack, properties)),
  );
  return resourcesOf(assembly, 'AWS::Lambda::Function')
    .filter(({ properties }) => String(properties.Runtime).startsWith('nodejs'))
    .flatMap((resource) => readFunction(assembly, resolve, resource, configured));
}

function readFunction(
  assembly: Assembly,
  resolve: Resolve,
  resource: Resource,
  configured: readonly Asynchronous[],
): readonly LambdaFunction[] {
  const facts = shape.parse(resolve(resource.stack, resource.properties));
  const code = assembly.assets.get(facts.Code.S3Key);
  if (code === undefined) return [];
  const name = localName(resource, (value) => resolve(resource.stack, value));
  return [
    {
      name,
      logicalId: resource.logicalId,
      code,
      handler: facts.Handler,
      timeoutSeconds: facts.Timeout,
      memoryMb: facts.MemorySize,
      environment: facts.Environment.Variables,
      role: facts.Role.split('/').at(-1) ?? facts.Role,
      delivery: deliveryOf(name, facts.DeadLetterConfig?.TargetArn, configured),
    },
  ];
}

function deliveryOf(name: string, deadLetters: string | undefined, configured: readonly Asynchronous[]): Delivery {
  const found = configured.find(({ FunctionName }) => FunctionName === name) ?? asynchronous.parse({ FunctionName: name });
  const { OnSuccess, OnFailure } = found.DestinationConfig;
  return {
    retries: found.MaximumRetryAttempts,
    maxAgeSeconds: found.MaximumEventAgeInSeconds,
    ...(OnSuccess !== undefined && { onSuccess: OnSuccess.Destination }),
    ...(OnFailure !== undefined && { onFailure: OnFailure.Destination }),
    ...(deadLetters !== undefined && { deadLetters }),
  };
}
