import { type App, CfnOutput, Stack, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { type Schedule, scheduleOf } from '../shared/system/map/schedule.ts';
import { type FunctionName, functionNames, functions } from '../shared/system/map.ts';
import { arn, type Names } from './names.ts';
import { allow, nextOf } from './permissions.ts';
import { pilotFunction } from './pilot-function.ts';
import type { Plan } from './plan.ts';

/** Every job of the map with its schedule, its chain and its way to be started by hand. Alerts link to `dashboardUrl`. */
export function functionsStack(app: App, plan: Plan, dashboardUrl: string | undefined): Stack {
  const { names } = plan;
  const stack = new Stack(app, names.stack('functions'), { description: 'Kalshi Pilot: jobs and their timetable' });
  const jobs = new Map(functionNames.filter(isJob).map((name) => [name, pilotFunction(stack, name, plan)]));
  for (const [name, lambda] of jobs) {
    addDelivery(stack, name, lambda, jobs);
    if (dashboardUrl !== undefined) lambda.addEnvironment('PILOT_DASHBOARD_URL', dashboardUrl);
  }
  addTimetable(stack, jobs, plan);
  addOutputs(stack, names);
  return stack;
}

function isJob(name: FunctionName): boolean {
  return !('http' in functions[name].trigger);
}

/** What happens to an event that waits or fails, and which job follows for the same tick. */
function addDelivery(stack: Stack, name: FunctionName, lambda: IFunction, jobs: ReadonlyMap<FunctionName, IFunction>): void {
  const { maxAgeSeconds, retries } = functions[name].delivery;
  const next = nextOf(name).flatMap((follower) => jobs.get(follower) ?? []);
  if (next.length > 1) throw new Error(`${name} is followed by ${next.length} jobs. Fix: Lambda knows one destination; chain them`);
  // Also after a failure, a time-out or a crash: exits and cancels must not wait for a forecast.
  const [destination] = next.map(({ functionArn }) => ({ destination: functionArn }));
  const config = new CfnEventInvokeConfig(stack, `${name}-delivery`, {
    functionName: lambda.functionName,
    qualifier: '$LATEST',
    maximumEventAgeInSeconds: maxAgeSeconds,
    maximumRetryAttempts: retries,
    ...(destination === undefined ? {} : { destinationConfig: { onSuccess: destination, onFailure: destination } }),
  });
  config.node.addDependency(lambda);
  Validations.of(config).acknowledge({
    id: 'Serverless-LambdaAsyncFailureDestination',
    reason: 'The function’s dead-letter queue keeps a failed event; a failure destination would keep it twice.',
  });
}

function addTimetable(stack: Stack, jobs: ReadonlyMap<FunctionName, IFunction>, { names, settings, map }: Plan): void {
  const group = new CfnScheduleGroup(stack, 'Timetable', { name: names.system });
  const timetable = [...scheduleOf(map, settings)];
  const role = new Role(stack, 'scheduler-role', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': stack.account } } }),
    description: 'Starts the jobs of the timetable, and nothing else',
  });
  role.addToPolicy(
    allow(
      ['lambda:InvokeFunction'],
      timetable.flatMap(([name]) => jobs.get(name)?.functionArn ?? []),
    ),
  );
  role.addToPolicy(allow(['sqs:SendMessage'], [arn('sqs', names.undelivered)]));
  for (const [name, schedule] of timetable) {
    const lambda = jobs.get(name);
    if (lambda) addSchedule(stack, name, schedule, { lambda, group, role, names }).node.addDependency(role);
  }
}

interface Target {
  readonly lambda: IFunction;
  readonly group: CfnScheduleGroup;
  readonly role: Role;
  readonly names: Names;
}

/** The tick is the scheduled time, so that the same tick delivered twice is the same run. */
function addSchedule(
  stack: Stack,
  name: FunctionName,
  { expression, zone }: Schedule,
  { lambda, group, role, names }: Target,
): CfnSchedule {
  const { maxAgeSeconds, retries } = functions[name].delivery;
  return new CfnSchedule(stack, `${name}-schedule`, {
    name: names.lambda(name),
    groupName: group.ref,
    description: functions[name].about,
    scheduleExpression: expression,
    scheduleExpressionTimezone: zone,
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: lambda.functionArn,
      roleArn: role.roleArn,
      input: JSON.stringify({ tick: '<aws.scheduler.scheduled-time>' }),
      deadLetterConfig: { arn: arn('sqs', names.undelivered) },
      retryPolicy: { maximumEventAgeInSeconds: maxAgeSeconds, maximumRetryAttempts: retries },
    },
  });
}

/** What a person needs without our command line. */
function addOutputs(stack: Stack, names: Names): void {
  const invoke = (name: FunctionName, payload: string) =>
    `aws lambda invoke --function-name ${names.lambda(name)} --cli-binary-format raw-in-base64-out ` +
    `--cli-read-timeout ${functions[name].timeoutSeconds + 20} --payload '${payload}' out.json`;
  new CfnOutput(stack, 'RunEmergencyAnalysis', { value: invoke('emergency-analysis', '{"reason":"by hand"}') });
  new CfnOutput(stack, 'RunSync', { value: invoke('sync', '{}') });
  new CfnOutput(stack, 'StopTrading', { value: invoke('control', '{"action":"halt","reason":"by hand"}') });
}
