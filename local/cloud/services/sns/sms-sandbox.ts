import { randomInt } from 'node:crypto';
import { AwsFailure } from '../aws-failure.ts';
import type { SnsOperation } from './sns-operation.ts';

/** The local account is new, as everybody's is on the first day: in the sandbox, without a number to send from. */
export const accountStatus: SnsOperation = { resource: () => '*', run: async () => ({ IsInSandbox: true }) };

export const originationNumbers: SnsOperation = { resource: () => '*', run: async () => ({ PhoneNumbers: {} }) };

/** At most ten phones; the code "sent" is in the outbox. */
export const createPhone: SnsOperation = {
  resource: () => '*',
  async run(form, { state, outbox }) {
    const phone = form.required('PhoneNumber');
    const code = String(randomInt(100_000, 1_000_000));
    const others = state.current().phones.filter((known) => known.phone !== phone);
    if (others.length >= 10) throw new AwsFailure('UserError', 'the SMS sandbox holds at most 10 phones');
    await state.change((now) => ({
      ...now,
      phones: [...now.phones.filter((known) => known.phone !== phone), { phone, code, verified: false }],
    }));
    await outbox.post({
      attributes: new Map(),
      deliveries: [{ protocol: 'sms', endpoint: phone, text: `Your verification code is ${code}` }],
    });
    return {};
  },
};

export const verifyPhone: SnsOperation = {
  resource: () => '*',
  async run(form, { state }) {
    const [phone, code] = [form.required('PhoneNumber'), form.required('OneTimePassword')];
    const known = state.current().phones.find((one) => one.phone === phone);
    if (known === undefined) throw new AwsFailure('ResourceNotFound', `${phone} is not in the SMS sandbox`, 404);
    if (known.code !== code) throw new AwsFailure('VerificationException', 'the code is wrong');
    await state.change((now) => ({ ...now, phones: now.phones.map((one) => (one.phone === phone ? { ...one, verified: true } : one)) }));
    return {};
  },
};
