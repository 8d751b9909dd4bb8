import { arn } from '../../arn.ts';
import { AwsFailure } from '../aws-failure.ts';
import type { QueryForm } from '../query-protocol.ts';
import { parseFilterPolicy, passesFilter } from './filter-policy.ts';
import { type Attributes, attributesOf } from './message-attributes.ts';
import type { SnsDesk, SnsOperation } from './sns-operation.ts';
import type { Delivery, SnsState, Subscription } from './sns-state.ts';
import { invalid, subjectOf, textByProtocol } from './sns-text.ts';

export const createTopic: SnsOperation = {
  resource: (form) => arn.topic(form.required('Name')),
  async run(form, { state }) {
    const name = form.required('Name');
    if (!/^[\w-]{1,256}$/.test(name)) throw invalid('Topic Name', 'letters, digits, _ and -, at most 256');
    const topic = arn.topic(name);
    await state.change((now) => (now.topics.includes(topic) ? now : { ...now, topics: [...now.topics, topic] }));
    return { TopicArn: topic };
  },
};

/** Once per call, to every listener whose filter it passes, or to one phone. */
export const publish: SnsOperation = {
  resource: (form) => form.optional('TopicArn') ?? '*',
  async run(form, desk) {
    const attributes = form.entries('MessageAttributes', 'Name', 'Value.StringValue');
    const topic = form.optional('TopicArn');
    const deliveries = topic === undefined ? [toPhone(form, desk)] : toTopic(form, desk.state.current(), topic);
    const { id } = await desk.outbox.post({ ...(topic !== undefined && { topic }), attributes, deliveries });
    return { MessageId: id };
  },
};

export function requireTopic(state: SnsState, topic: string): string {
  if (!state.topics.includes(topic)) throw new AwsFailure('NotFound', 'Topic does not exist', 404);
  return topic;
}

function toTopic(form: QueryForm, state: SnsState, topic: string): readonly Delivery[] {
  requireTopic(state, topic);
  const attributes = attributesOf(form);
  const text = textByProtocol(form);
  const subject = subjectOf(form);
  return state.subscriptions
    .filter((listener) => listener.topic === topic && listener.token === undefined && wants(listener, attributes))
    .map(({ protocol, endpoint }) =>
      protocol === 'sms'
        ? smsTo(state, endpoint, text('sms'))
        : { protocol, endpoint, ...(subject !== undefined && { subject }), text: text(protocol) },
    );
}

function wants({ filterPolicy }: Subscription, attributes: Attributes): boolean {
  return filterPolicy === undefined || passesFilter(parseFilterPolicy(filterPolicy), attributes);
}

function toPhone(form: QueryForm, { state }: SnsDesk): Delivery {
  return smsTo(state.current(), form.required('PhoneNumber'), textByProtocol(form)('sms'));
}

/** A new account is in the SMS sandbox: only verified phones get anything. */
function smsTo({ phones }: SnsState, endpoint: string, text: string): Delivery {
  const verified = phones.some(({ phone, verified }) => phone === endpoint && verified);
  return { protocol: 'sms', endpoint, text, ...(!verified && { undelivered: 'the phone is not verified in the SMS sandbox' }) };
}
