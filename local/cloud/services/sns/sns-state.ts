import * as z from 'zod/mini';

const subscription = z.readonly(
  z.object({
    arn: z.string(),
    topic: z.string(),
    protocol: z.enum(['email', 'sms']),
    endpoint: z.string(),
    /** Present until the person has confirmed. */
    token: z.optional(z.string()),
    filterPolicy: z.optional(z.unknown()),
  }),
);

const sandboxPhone = z.readonly(z.object({ phone: z.string(), code: z.string(), verified: z.boolean() }));

export const snsStateShape = z.readonly(
  z.object({
    topics: z.readonly(z.array(z.string())),
    subscriptions: z.readonly(z.array(subscription)),
    phones: z.readonly(z.array(sandboxPhone)),
  }),
);

/** Topics by ARN, who listens, and the phones that proved themselves. */
export type SnsState = z.output<typeof snsStateShape>;
export type Subscription = z.output<typeof subscription>;

export const emptySnsState: SnsState = { topics: [], subscriptions: [], phones: [] };

export const snsMessageShape = z.object({
  id: z.string(),
  at: z.string(),
  /** Topic ARN; absent when it went straight to a phone. */
  topic: z.optional(z.string()),
  attributes: z.record(z.string(), z.string()),
  deliveries: z.array(
    z.object({
      protocol: z.enum(['email', 'sms']),
      endpoint: z.string(),
      subject: z.optional(z.string()),
      text: z.string(),
      /** Why nobody got it. */
      undelivered: z.optional(z.string()),
    }),
  ),
});

/** One message as it went out: what each listener was sent. A file each, never changed. */
export type SnsMessage = z.output<typeof snsMessageShape>;
export type Delivery = SnsMessage['deliveries'][number];
