import * as z from 'zod/mini';
import { arn } from '../arn.ts';
import { type Assembly, resourcesOf } from '../template/assembly.ts';
import type { Resolve } from '../template/resolver.ts';

/** One schedule of the app, as EventBridge Scheduler would keep it. */
export interface Schedule {
  readonly arn: string;
  /** `rate(…)` or `cron(…)`, read in `zone`. */
  readonly expression: string;
  readonly zone: string;
  /** ARN of the function to start. */
  readonly target: string;
  /** Its event; `<aws.scheduler.…>` stands for facts of the tick. */
  readonly input: string;
  /** Name of the role that starts it. */
  readonly role: string;
  /** How often a start that failed is tried again. */
  readonly retries: number;
  /** Queue for starts that failed. */
  readonly deadLetters?: string;
}

/** Defaults are EventBridge Scheduler's own. */
const shape = z.object({
  Name: z.string(),
  GroupName: z._default(z.string(), 'default'),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z._default(z.string(), 'UTC'),
  State: z._default(z.enum(['ENABLED', 'DISABLED']), 'ENABLED'),
  Target: z.object({
    Arn: z.string(),
    RoleArn: z.string(),
    Input: z._default(z.string(), '{}'),
    DeadLetterConfig: z.optional(z.object({ Arn: z.string() })),
    RetryPolicy: z._default(z.object({ MaximumRetryAttempts: z._default(z.number(), 185) }), { MaximumRetryAttempts: 185 }),
  }),
});

/** The app's enabled schedules. */
export function timetable(assembly: Assembly, resolve: Resolve): readonly Schedule[] {
  return resourcesOf(assembly, 'AWS::Scheduler::Schedule')
    .map(({ stack, properties }) => shape.parse(resolve(stack, properties)))
    .filter(({ State }) => State === 'ENABLED')
    .map(({ Name, GroupName, ScheduleExpression, ScheduleExpressionTimezone, Target }) => ({
      arn: arn.schedule(GroupName, Name),
      expression: ScheduleExpression,
      zone: ScheduleExpressionTimezone,
      target: Target.Arn,
      input: Target.Input,
      role: Target.RoleArn.split('/').at(-1) ?? Target.RoleArn,
      retries: Target.RetryPolicy.MaximumRetryAttempts,
      ...(Target.DeadLetterConfig !== undefined && { deadLetters: Target.DeadLetterConfig.Arn }),
    }));
}
