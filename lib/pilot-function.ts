import { join } from 'node:path';
import { Duration, RemovalPolicy, type Stack, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { type FunctionName, functions, secretsOf } from '../shared/system/map.ts';
import { bundlingOf } from './bundling.ts';
import { arn, bucketArn, wildcardFinding } from './names.ts';
import { permissionsOf } from './permissions.ts';
import type { Plan } from './plan.ts';

/** The Lambda of one entry of the map: its bundle, its own role, its own log, what it needs to know. */
export function pilotFunction(stack: Stack, name: FunctionName, plan: Plan): NodejsFunction {
  const { names, settings, root } = plan;
  const { about, timeoutSeconds, memoryMb } = functions[name];
  const logGroup = new LogGroup(stack, `${name}-log`, {
    logGroupName: names.logGroup(name),
    retention: settings.logDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const lambda = new NodejsFunction(stack, name, {
    functionName: names.lambda(name),
    description: about,
    entry: join(root, 'functions', `${name}.ts`),
    projectRoot: root,
    depsLockFilePath: join(root, 'package-lock.json'),
    handler: 'handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: memoryMb,
    timeout: Duration.seconds(timeoutSeconds),
    role: roleOf(stack, name, plan),
    environment: environmentOf(name, plan),
    logGroup,
    deadLetterQueue: Queue.fromQueueArn(stack, `${name}-undelivered`, arn('sqs', names.undelivered)),
    bundling: bundlingOf(name, settings.mode),
  });
  Validations.of(lambda).acknowledge({
    id: 'Serverless-LambdaTracing',
    reason: 'Each run carries its tick and run id through log, journal and reports; traces would say it a second time for money.',
  });
  return lambda;
}

function roleOf(stack: Stack, name: FunctionName, { names, settings }: Plan) {
  const role = new Role(stack, `${name}-role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `What ${names.lambda(name)} may do`,
    inlinePolicies: { map: permissionsOf(name, settings.mode, names) },
  });
  const wide = [arn('logs', `log-group:${names.logGroup(name)}:*`), `${bucketArn(names.recordings)}/*`];
  for (const resource of wide) {
    Validations.of(role).acknowledge({
      id: wildcardFinding(resource),
      reason: 'Log streams and recordings are named at run time; the group and the bucket are this system’s own.',
    });
  }
  // The map is the whole truth about a role: constructs must not add to it.
  return role.withoutPolicyUpdates();
}

/** Names and places, never secrets: those are fetched by name. */
function environmentOf(name: FunctionName, { names, settings }: Plan): Record<string, string> {
  const { mode, zone, healthThreshold } = settings;
  const secrets = secretsOf(functions[name], mode).map((secret) => [`PILOT_SECRET_${secret.toUpperCase()}`, names.secret(secret)]);
  return {
    PILOT_MODE: mode,
    PILOT_ZONE: zone,
    PILOT_STATE_TABLE: names.table('state'),
    PILOT_REPORTS_TABLE: names.table('reports'),
    PILOT_RECORDINGS_BUCKET: names.recordings,
    PILOT_ALERTS_TOPIC: arn('sns', names.topic),
    PILOT_FUNCTION_PREFIX: `${names.system}-`,
    ...(healthThreshold === undefined ? {} : { PILOT_HEALTH_THRESHOLD: String(healthThreshold) }),
    ...Object.fromEntries(secrets),
  };
}
