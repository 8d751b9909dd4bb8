import { arn, localAccount } from '../arn.ts';
import type { AwsApi } from './aws-api.ts';
import { unknownOperation } from './json-protocol.ts';
import { queryForm, queryRefusal, queryReply } from './query-protocol.ts';

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** Who am I: whoever signed. Nobody needs permission to ask. */
export function sts(): AwsApi {
  return {
    plan(request) {
      const { action } = queryForm(request);
      if (action !== 'GetCallerIdentity') throw unknownOperation('sts', action);
      const result = { Account: localAccount, Arn: arn.role(request.principal), UserId: request.principal };
      return { operation: action, needs: [], run: async () => queryReply(namespace, action, result) };
    },
    refuse: (failure) => queryRefusal(namespace, failure),
  };
}
