import type { Permission } from '../iam/permission.ts';
import type { AwsFailure } from './aws-failure.ts';
import type { AwsReply, AwsRequest } from './aws-request.ts';

/** What a request asks for, understood but not yet done. */
export interface Planned {
  /** `Publish`, `GetObject`: the operation's name in the client. */
  readonly operation: string;
  readonly needs: readonly Permission[];
  run(): Promise<AwsReply>;
}

/** One service behind the endpoint. */
export interface AwsApi {
  /** Reads the request. Throws AwsFailure when it makes no sense; changes nothing. */
  plan(request: AwsRequest): Planned | Promise<Planned>;
  /** The failure as this service's clients expect it. */
  refuse(failure: AwsFailure): AwsReply;
}
