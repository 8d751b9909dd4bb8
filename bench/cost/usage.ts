import { Cron } from 'croner';
import { type FunctionName, functionNames } from '../../shared/system/map.ts';
import type { Usage } from './bill.ts';
import type { Measured } from './measured.ts';
import { type Resource, referred } from './templates.ts';

const DAYS_A_MONTH = 365 / 12;
const HOURS_A_MONTH = DAYS_A_MONTH * 24;

/** A function of the template with its measured run. */
interface Job {
  readonly name: FunctionName;
  readonly id: string;
  readonly gigabytes: number;
  readonly runs: number;
  readonly secrets: number;
  readonly run: NonNullable<Measured['functions'][FunctionName]>;
}

/** What a month of the synthesized app uses. Throws on a resource it does not know the price of, or a run nobody measured. */
export function usageOf(resources: readonly Resource[], measured: Measured): readonly Usage[] {
  const jobs = jobsOf(resources, measured);
  return [...jobs.flatMap(jobUsage), ...resources.flatMap((resource) => resourceUsage(resource, { jobs, measured }))];
}

function jobsOf(resources: readonly Resource[], measured: Measured): readonly Job[] {
  const runs = runsOf(resources);
  const roles = new Map(resources.filter(({ type }) => type === 'AWS::IAM::Role').map((role) => [role.id, role]));
  return resources
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .map(({ id, properties }) => {
      const name = functionNames.find((candidate) => text(properties.FunctionName).endsWith(`-${candidate}`));
      const run = name && measured.functions[name];
      const monthly = runs.get(id) ?? run?.runs;
      if (!name || !run || monthly === undefined) {
        throw new Error(`${text(properties.FunctionName)} runs, and nobody measured it. Fix: add it to bench/cost/measured.json`);
      }
      const secrets = JSON.stringify(roles.get(referred(properties.Role) ?? '')?.properties ?? {}).match(/:secret:/g)?.length ?? 0;
      return { name, id, gigabytes: Number(properties.MemorySize) / 1024, runs: monthly, secrets, run };
    });
}

/** Runs a month by logical id, of what the clock starts and of what follows it. */
function runsOf(resources: readonly Resource[]): ReadonlyMap<string, number> {
  const runs = new Map<string, number>();
  for (const { type, properties } of resources) {
    if (type !== 'AWS::Scheduler::Schedule') continue;
    const target = referred((properties.Target as { readonly Arn: unknown }).Arn);
    if (target !== undefined) runs.set(target, ticksAMonth(text(properties.ScheduleExpression)));
  }
  const followers = new Map(resources.flatMap(followerOf));
  for (const start of [...runs.keys()]) {
    for (let at = start, next = followers.get(at); next !== undefined; at = next, next = followers.get(at)) {
      runs.set(next, runs.get(at) ?? 0);
    }
  }
  return runs;
}

function followerOf({ type, properties }: Resource): readonly (readonly [string, string])[] {
  if (type !== 'AWS::Lambda::EventInvokeConfig') return [];
  const { OnSuccess } = (properties.DestinationConfig ?? {}) as { readonly OnSuccess?: { readonly Destination: unknown } };
  const [from, to] = [referred(properties.FunctionName), referred(OnSuccess?.Destination)];
  return from !== undefined && to !== undefined ? [[from, to]] : [];
}

/** A twelfth of a year's ticks. */
export function ticksAMonth(expression: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (unit !== undefined) return HOURS_A_MONTH / (Number(count) * { minute: 1 / 60, hour: 1, day: 24 }[unit as 'minute' | 'hour' | 'day']);
  const fields = expression.replace(/^cron\(|\)$/g, '');
  const cron = new Cron(`0 ${fields}`, { mode: '7-part', alternativeWeekdays: true, sloppyRanges: true, timezone: 'UTC' });
  const [from, to] = [new Date('2026-01-01T00:00:00Z'), new Date('2027-01-01T00:00:00Z')];
  let ticks = 0;
  for (let next = cron.nextRun(new Date(from.getTime() - 1)); next && next < to; next = cron.nextRun(next)) ticks += 1;
  return ticks / 12;
}

function jobUsage({ name, gigabytes, runs, secrets, run }: Job): readonly Usage[] {
  const each = (what: string, price: string, quantity: number) => ({ line: `${name}: ${what}`, price, quantity: quantity * runs });
  return [
    each('seconds × GB', 'lambda.gb-second', (run.seconds + run.initSeconds * run.coldShare) * gigabytes),
    each('invocations', 'lambda.request', 1),
    each('writes', 'dynamodb.write', run.writes),
    each('reads', 'dynamodb.read', run.reads),
    each('secrets fetched', 'secrets.call', secrets * run.coldShare),
    each('objects written', 's3.put', run.puts),
    each('objects read', 's3.get', run.gets),
    each('alerts', 'sns.publish', run.publishes),
  ].filter(({ quantity }) => quantity > 0);
}

interface Facts {
  readonly jobs: readonly Job[];
  readonly measured: Measured;
}

type Pricer = (resource: Resource, facts: Facts) => readonly Usage[];

const free: Pricer = () => [];

/** What a resource costs by being there. Every type of the templates stands here, or the bill is refused. */
const pricers: Readonly<Record<string, Pricer>> = {
  'AWS::Scheduler::Schedule': ({ properties }) => [
    { line: `${text(properties.Name)}: schedule`, price: 'scheduler.run', quantity: ticksAMonth(text(properties.ScheduleExpression)) },
  ],
  'AWS::DynamoDB::GlobalTable': ({ properties }, { measured: { tables } }) => {
    const quantity = text(properties.TableName).endsWith('-reports') ? tables.reports : tables.state;
    const line = (what: string, price: string) => ({ line: `${text(properties.TableName)}: ${what}`, price, quantity });
    return [line('GB kept', 'dynamodb.gb'), line('GB restorable to the second', 'dynamodb.restorable-gb')];
  },
  'AWS::SecretsManager::Secret': ({ properties }) => [{ line: `${text(properties.Name)}: secret`, price: 'secrets.secret', quantity: 1 }],
  'AWS::S3::Bucket': ({ properties }, { jobs }) => {
    const { Rules = [] } = (properties.LifecycleConfiguration ?? {}) as {
      readonly Rules?: readonly { readonly ExpirationInDays?: number }[];
    };
    const days = Rules.find(({ ExpirationInDays }) => ExpirationInDays !== undefined)?.ExpirationInDays;
    if (days === undefined) throw new Error('The recordings bucket grows without end. Fix: give it a lifecycle rule');
    const written = jobs.reduce((total, { runs, run }) => total + (runs * run.putMegabytes) / 1000, 0);
    return [{ line: `recordings: GB kept for ${days} days`, price: 's3.gb', quantity: (written * days) / DAYS_A_MONTH }];
  },
  'AWS::SNS::Topic': (_, { measured }) => [{ line: 'alerts: e-mails', price: 'sns.email', quantity: measured.alerts.emails }],
  'AWS::SQS::Queue': (_, { measured }) => [
    { line: 'undelivered: sent and read', price: 'sqs.request', quantity: measured.undelivered.messages * 2 },
  ],
  'AWS::CloudWatch::Alarm': ({ properties }) => {
    const metrics = (properties.Metrics as readonly unknown[] | undefined)?.length ?? 1;
    const alarm = { line: `alarm: ${text(properties.AlarmName)}`, price: 'cloudwatch.alarm', quantity: metrics };
    const own = !text(properties.Namespace).startsWith('AWS/');
    return own ? [alarm, { line: `metric: ${text(properties.AlarmName)}`, price: 'cloudwatch.metric', quantity: 1 }] : [alarm];
  },
  'AWS::Logs::LogGroup': ({ properties }, { jobs, measured }) => {
    const job = jobs.find(({ name }) => text(properties.LogGroupName).endsWith(`-${name}`));
    const written = job ? job.runs * job.run.logKilobytes : requests(jobs) * measured.dashboard.visitKilobytes;
    const kept = (written * Number(properties.RetentionInDays)) / DAYS_A_MONTH;
    return [
      { line: `${job?.name ?? 'phone'}: log written`, price: 'logs.gb', quantity: written / 1e6 },
      { line: `${job?.name ?? 'phone'}: log kept`, price: 'logs.kept-gb', quantity: kept / 1e6 },
    ];
  },
  'AWS::Lambda::Url': (_, { jobs, measured }) => [
    { line: 'dashboard: GB sent', price: 'transfer.gb', quantity: (requests(jobs) * measured.dashboard.kilobytes) / 1e6 },
  ],
  'AWS::ApiGatewayV2::Api': (_, { jobs }) => [{ line: 'phone: gateway', price: 'gateway.request', quantity: requests(jobs) }],
  'AWS::CloudFront::Distribution': (_, { jobs, measured }) => [
    { line: 'phone: requests at the edge', price: 'cloudfront.request', quantity: requests(jobs) },
    { line: 'phone: GB from the edge', price: 'cloudfront.gb', quantity: (requests(jobs) * measured.dashboard.kilobytes) / 1e6 },
  ],
  'AWS::CloudFront::Function': (_, { jobs }) => [{ line: 'phone: doorman', price: 'cloudfront.function', quantity: requests(jobs) }],
  'AWS::Cognito::UserPool': (_, { measured }) => [{ line: 'phone: people', price: 'cognito.person', quantity: measured.dashboard.people }],
  'AWS::Budgets::Budget': () => [{ line: 'budget alarm', price: 'budget', quantity: 1 }],
  ...Object.fromEntries(
    [
      ...['Function', 'EventInvokeConfig', 'Permission'].map((type) => `AWS::Lambda::${type}`),
      ...['Route', 'Stage', 'Integration', 'Authorizer'].map((type) => `AWS::ApiGatewayV2::${type}`),
      ...['UserPoolClient', 'UserPoolDomain'].map((type) => `AWS::Cognito::${type}`),
      ...['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::S3::BucketPolicy', 'AWS::SNS::TopicPolicy', 'AWS::SQS::QueuePolicy'],
      ...['AWS::Scheduler::ScheduleGroup', 'AWS::CDK::Metadata'],
    ].map((type) => [type, free]),
  ),
};

function resourceUsage(resource: Resource, facts: Facts): readonly Usage[] {
  const pricer = pricers[resource.type];
  if (!pricer) throw new Error(`Nobody knows what a ${resource.type} costs. Fix: say so in bench/cost/usage.ts`);
  return pricer(resource, facts);
}

/** A property that names something: the templates write names out, so anything else is a mistake. */
function text(property: unknown): string {
  if (typeof property === 'string') return property;
  throw new Error(`A name in the template is ${JSON.stringify(property)}, not a text. Fix: give it a name that is written out`);
}

function requests(jobs: readonly Job[]): number {
  return jobs.find(({ name }) => name === 'api')?.runs ?? 0;
}

/** What is not the system’s standing cost: the analyst, texts to phones, and the two things you may switch on. */
export function usageApart({ apart }: Measured): readonly Usage[] {
  const { aiDollarsPerDay, smsMessages, workerVcpu, workerGigabytes, sweepVcpuHours } = apart;
  return [
    { line: 'AI, at its whole daily budget', price: 'ai.dollar', quantity: aiDollarsPerDay * DAYS_A_MONTH },
    { line: 'SMS: messages', price: 'sms.message', quantity: smsMessages },
    { line: 'SMS: the number they come from', price: 'sms.number', quantity: 1 },
    { line: 'real-time worker: CPU', price: 'fargate.vcpu-hour', quantity: workerVcpu * HOURS_A_MONTH },
    { line: 'real-time worker: memory', price: 'fargate.gb-hour', quantity: workerGigabytes * HOURS_A_MONTH },
    { line: 'real-time worker: address', price: 'ipv4.hour', quantity: HOURS_A_MONTH },
    { line: 'sweeps: CPU', price: 'fargate.vcpu-hour', quantity: sweepVcpuHours },
  ];
}
