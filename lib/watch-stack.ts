import { type App, Duration, Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Alarm, type AlarmProps, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { type FunctionName, functionNames, heartbeat } from '../shared/system/map.ts';
import { arn, type Names } from './names.ts';
import type { Plan } from './plan.ts';

/** A silence counts when it lasts this many looks in a row. */
const LOOKS = 3;

/** Functions that touch orders: each failure is told at once, not only through the queue. */
const ordering: readonly FunctionName[] = ['trade', 'sync', 'control'];

/** Eyes that do not depend on what they watch: CloudWatch alarms, and AWS's own budget. */
export function watchStack(app: App, plan: Plan): Stack {
  const { names } = plan;
  const stack = new Stack(app, names.stack('watch'), { description: 'Kalshi Pilot: dead-man’s switch, failures, budget' });
  const tell = new SnsAction(Topic.fromTopicArn(stack, 'Alerts', arn('sns', names.topic)));
  for (const [id, alarm] of [...silences(plan), ...failures(names), ...undelivered(names)]) {
    const made = new Alarm(stack, id, { ...alarm, alarmName: `${names.system} ${id}` });
    made.addAlarmAction(tell);
    made.addOkAction(tell);
  }
  addBudget(stack, plan);
  return stack;
}

type NamedAlarm = readonly [id: string, alarm: AlarmProps];

/** A job that has not ended well for too long. Missing data is the alarm. */
function silences({ map }: Plan): readonly NamedAlarm[] {
  return functionNames.flatMap((name): readonly NamedAlarm[] => {
    const { aliveWithinMinutes } = map[name];
    if (aliveWithinMinutes === undefined) return [];
    const metric = new Metric({
      namespace: heartbeat.namespace,
      metricName: heartbeat.metric,
      dimensionsMap: { [heartbeat.dimension]: name },
      statistic: 'Sum',
      period: Duration.minutes(aliveWithinMinutes / LOOKS),
    });
    const alarm = {
      metric,
      alarmDescription: `${name} has not completed for ${aliveWithinMinutes} minutes. Fix: pilot logs --env aws --job ${name}`,
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: LOOKS,
      treatMissingData: TreatMissingData.BREACHING,
    };
    return [[`${name} is silent`, alarm]];
  });
}

function failures(names: Names): readonly NamedAlarm[] {
  return ordering.map((name) => {
    const metric = new Metric({
      namespace: 'AWS/Lambda',
      metricName: 'Errors',
      dimensionsMap: { FunctionName: names.lambda(name) },
      statistic: 'Sum',
      period: Duration.minutes(5),
    });
    const alarmDescription = `${name} failed or timed out. Fix: pilot logs --env aws --job ${name}; the next tick starts afresh`;
    return [`${name} fails`, { ...above(0, metric), alarmDescription }];
  });
}

function undelivered(names: Names): readonly NamedAlarm[] {
  const metric = new Metric({
    namespace: 'AWS/SQS',
    metricName: 'ApproximateNumberOfMessagesVisible',
    dimensionsMap: { QueueName: names.undelivered },
    statistic: 'Maximum',
    period: Duration.minutes(5),
  });
  const alarmDescription = `Ticks were lost or runs failed; they lie in the queue ${names.undelivered}. Fix: read them, then purge it`;
  return [['events undelivered', { ...above(0, metric), alarmDescription }]];
}

function above(threshold: number, metric: Metric): AlarmProps {
  return {
    metric,
    threshold,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  };
}

/** Tells when the month is forecast to cost more than the owner said. */
function addBudget(stack: Stack, { names, settings }: Plan): void {
  const subscribers = [{ subscriptionType: 'SNS', address: arn('sns', names.topic) }];
  new CfnBudget(stack, 'Budget', {
    budget: {
      budgetName: names.system,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: settings.monthlyBudget, unit: 'USD' },
    },
    notificationsWithSubscribers: ['ACTUAL', 'FORECASTED'].map((notificationType) => ({
      notification: { notificationType, comparisonOperator: 'GREATER_THAN', threshold: 100, thresholdType: 'PERCENTAGE' },
      subscribers,
    })),
  });
}
