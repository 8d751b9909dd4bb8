import * as z from 'zod';
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
  /** Most environments at once; undefined: no limit of its own. */
  readonly concurrency?: number;
  /** How often an asynchronous run that failed is run again. */
  readonly retries: number;
  /** ARNs of where a failed asynchronous run ends up. */
  readonly deadLetters: readonly string[];
}

/** Defaults are Lambda's own. */
const shape = z.object({
  Handler: z.string(),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
  Role: z.string(),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).default({ Variables: {} }),
  Code: z.object({ S3Key: z.string() }),
  ReservedConcurrentExecutions: z.number().optional(),
  DeadLetterConfig: z.object({ TargetArn: z.string() }).optional(),
});

const asynchronous = z.object({
  FunctionName: z.string(),
  MaximumRetryAttempts: z.number().optional(),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }).optional() }).optional(),
});

type Asynchronous = z.infer<typeof asynchronous>;

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
  const name = localName(resource);
  const how = configured.find(({ FunctionName }) => FunctionName === name);
  const deadLetters = [facts.DeadLetterConfig?.TargetArn, how?.DestinationConfig?.OnFailure?.Destination];
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
      ...(facts.ReservedConcurrentExecutions !== undefined && { concurrency: facts.ReservedConcurrentExecutions }),
      retries: how?.MaximumRetryAttempts ?? 2,
      deadLetters: deadLetters.filter((target) => target !== undefined),
    },
  ];
}
