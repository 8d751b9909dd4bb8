import * as z from 'zod';

const subscription = z
  .object({
    arn: z.string(),
    topic: z.string(),
    protocol: z.enum(['email', 'sms']),
    endpoint: z.string(),
    /** Present until the person has confirmed. */
    token: z.string().optional(),
    filterPolicy: z.unknown().optional(),
  })
  .readonly();

const sandboxPhone = z.object({ phone: z.string(), code: z.string(), verified: z.boolean() }).readonly();

export const snsStateShape = z
  .object({
    topics: z.array(z.string()).readonly(),
    subscriptions: z.array(subscription).readonly(),
    phones: z.array(sandboxPhone).readonly(),
  })
  .readonly();

/** Topics by ARN, who listens, and the phones that proved themselves. */
export type SnsState = z.infer<typeof snsStateShape>;
export type Subscription = z.infer<typeof subscription>;

export const emptySnsState: SnsState = { topics: [], subscriptions: [], phones: [] };

export const snsMessageShape = z.object({
  id: z.string(),
  at: z.string(),
  /** Topic ARN; absent when it went straight to a phone. */
  topic: z.string().optional(),
  attributes: z.record(z.string(), z.string()),
  deliveries: z.array(
    z.object({
      protocol: z.enum(['email', 'sms']),
      endpoint: z.string(),
      subject: z.string().optional(),
      text: z.string(),
      /** Why nobody got it. */
      undelivered: z.string().optional(),
    }),
  ),
});

/** One message as it went out: what each listener was sent. A file each, never changed. */
export type SnsMessage = z.infer<typeof snsMessageShape>;
export type Delivery = SnsMessage['deliveries'][number];
