import * as z from 'zod';
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
  GroupName: z.string().default('default'),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Target: z.object({
    Arn: z.string(),
    RoleArn: z.string(),
    Input: z.string().default('{}'),
    DeadLetterConfig: z.object({ Arn: z.string() }).optional(),
    RetryPolicy: z.object({ MaximumRetryAttempts: z.number().default(185) }).default({ MaximumRetryAttempts: 185 }),
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
