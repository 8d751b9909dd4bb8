import { join } from 'node:path';
import type { Permission } from '../../iam/permission.ts';
import type { AwsApi } from '../aws-api.ts';
import { unknownOperation } from '../json-protocol.ts';
import { queryForm, queryRefusal, queryReply } from '../query-protocol.ts';
import { keepState } from '../state-file.ts';
import { createTopic, publish } from './publish.ts';
import { accountStatus, createPhone, originationNumbers, verifyPhone } from './sms-sandbox.ts';
import type { SnsDesk, SnsOperation } from './sns-operation.ts';
import { type SnsOutbox, snsOutbox } from './sns-outbox.ts';
import { emptySnsState, snsStateShape } from './sns-state.ts';
import { confirmSubscription, listSubscriptions, subscribe, unsubscribe } from './subscriptions.ts';

const operations: Readonly<Record<string, SnsOperation>> = {
  CreateTopic: createTopic,
  Publish: publish,
  Subscribe: subscribe,
  ConfirmSubscription: confirmSubscription,
  Unsubscribe: unsubscribe,
  ListSubscriptionsByTopic: listSubscriptions,
  GetSMSSandboxAccountStatus: accountStatus,
  CreateSMSSandboxPhoneNumber: createPhone,
  VerifySMSSandboxPhoneNumber: verifyPhone,
  ListOriginationNumbers: originationNumbers,
};

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';

/** SNS with e-mail and SMS. Nothing leaves the machine: what would be sent is a file. Throws CorruptState. */
export async function sns(folder: string, now: () => number): Promise<AwsApi & { readonly outbox: SnsOutbox }> {
  const state = await keepState(join(folder, 'state.json'), snsStateShape, emptySnsState);
  const desk: SnsDesk = { state, outbox: snsOutbox(join(folder, 'messages'), now) };
  return {
    outbox: desk.outbox,
    plan(request) {
      const form = queryForm(request);
      const operation = operations[form.action];
      if (operation === undefined) throw unknownOperation('sns', form.action);
      const needs: readonly Permission[] = [{ action: `sns:${form.action}`, resource: operation.resource(form) }];
      return { operation: form.action, needs, run: async () => queryReply(namespace, form.action, await operation.run(form, desk)) };
    },
    refuse: (failure) => queryRefusal(namespace, failure),
  };
}
