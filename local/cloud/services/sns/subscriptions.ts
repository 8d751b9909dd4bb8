import { randomBytes, randomUUID } from 'node:crypto';
import { AwsFailure } from '../aws-failure.ts';
import type { QueryForm } from '../query-protocol.ts';
import { parseFilterPolicy } from './filter-policy.ts';
import { requireTopic } from './publish.ts';
import type { SnsOperation } from './sns-operation.ts';
import type { Subscription } from './sns-state.ts';
import { invalid } from './sns-text.ts';

const topicOf = (form: QueryForm): string => form.required('TopicArn');

/** An e-mail address must confirm (the token is in the outbox, as it would be in the mail); a phone listens at once. */
export const subscribe: SnsOperation = {
  resource: topicOf,
  async run(form, { state, outbox }) {
    const topic = requireTopic(state.current(), topicOf(form));
    const asked = readSubscription(form, topic);
    const same = state
      .current()
      .subscriptions.find((known) => known.topic === topic && known.protocol === asked.protocol && known.endpoint === asked.endpoint);
    const listener = same === undefined ? asked : { ...same, filterPolicy: asked.filterPolicy };
    await state.change((now) => ({ ...now, subscriptions: [...now.subscriptions.filter(({ arn }) => arn !== listener.arn), listener] }));
    if (listener.token !== undefined) {
      const text = `Confirm with token ${listener.token}`;
      await outbox.post({
        topic,
        attributes: new Map(),
        deliveries: [{ protocol: 'email', endpoint: listener.endpoint, subject: 'Subscription Confirmation', text }],
      });
    }
    const shown = listener.token === undefined || form.optional('ReturnSubscriptionArn') === 'true';
    return { SubscriptionArn: shown ? listener.arn : 'pending confirmation' };
  },
};

export const confirmSubscription: SnsOperation = {
  resource: topicOf,
  async run(form, { state }) {
    const [topic, token] = [topicOf(form), form.required('Token')];
    const waiting = state.current().subscriptions.find((known) => known.topic === topic && known.token === token);
    if (waiting === undefined) throw invalid('Token', 'no subscription waits for it');
    const { token: _used, ...confirmed } = waiting;
    await state.change((now) => ({
      ...now,
      subscriptions: now.subscriptions.map((known) => (known.arn === waiting.arn ? confirmed : known)),
    }));
    return { SubscriptionArn: waiting.arn };
  },
};

export const unsubscribe: SnsOperation = {
  resource: (form) => form.required('SubscriptionArn').split(':').slice(0, -1).join(':'),
  async run(form, { state }) {
    const gone = form.required('SubscriptionArn');
    await state.change((now) => ({ ...now, subscriptions: now.subscriptions.filter(({ arn }) => arn !== gone) }));
    return {};
  },
};

export const listSubscriptions: SnsOperation = {
  resource: topicOf,
  async run(form, { state }) {
    const topic = requireTopic(state.current(), topicOf(form));
    const listeners = state.current().subscriptions.filter((known) => known.topic === topic);
    return { Subscriptions: { member: listeners.map(asListed) } };
  },
};

function asListed({ arn, token, topic, protocol, endpoint }: Subscription): Readonly<Record<string, string>> {
  const SubscriptionArn = token === undefined ? arn : 'PendingConfirmation';
  return { TopicArn: topic, Protocol: protocol, SubscriptionArn, Owner: topic.split(':')[4] ?? '', Endpoint: endpoint };
}

function readSubscription(form: QueryForm, topic: string): Subscription {
  const [protocol, endpoint] = [form.required('Protocol'), form.required('Endpoint')];
  const written = form.entries('Attributes', 'key', 'value').get('FilterPolicy');
  const filterPolicy = written === undefined ? undefined : readFilter(written);
  const facts = { arn: `${topic}:${randomUUID()}`, topic, endpoint, ...(filterPolicy !== undefined && { filterPolicy }) };
  if (protocol === 'sms') {
    if (!/^\+[1-9]\d{6,14}$/.test(endpoint)) throw invalid('SMS endpoint', 'not an E.164 phone number like +12025550100');
    return { ...facts, protocol };
  }
  if (protocol === 'email') {
    if (!/^\S+@\S+$/.test(endpoint)) throw invalid('Email address', 'not an address like you@example.com');
    return { ...facts, protocol, token: randomBytes(32).toString('hex') };
  }
  throw invalid('Protocol', `${protocol} is not served locally, email and sms are`);
}

function readFilter(written: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    throw new AwsFailure('InvalidParameter', 'Invalid parameter: FilterPolicy: not JSON');
  }
  parseFilterPolicy(value);
  return value;
}
