import { randomUUID } from 'node:crypto';
import { AwsFailure } from './aws-failure.ts';
import type { AwsReply, AwsRequest } from './aws-request.ts';
import { type XmlValue, xmlElement } from './xml.ts';

/** AWS Query: a form with `Action=` in, XML out. */
export interface QueryForm {
  readonly action: string;
  /** The field, else a refusal that names it. */
  required(name: string): string;
  optional(name: string): string | undefined;
  /** `Attributes.entry.1.key`, `Attributes.entry.1.value` and so on, as a map. */
  entries(name: string, key: string, value: string): ReadonlyMap<string, string>;
}

export function queryForm(request: AwsRequest): QueryForm {
  const fields = new URLSearchParams(request.body.toString('utf8'));
  const optional = (name: string): string | undefined => fields.get(name) ?? undefined;
  return {
    action: fields.get('Action') ?? '',
    optional,
    required(name) {
      const value = optional(name);
      if (value === undefined || value === '') throw new AwsFailure('InvalidParameter', `Invalid parameter: ${name}: missing`);
      return value;
    },
    entries(name, key, value) {
      const found = new Map<string, string>();
      for (let index = 1; fields.has(`${name}.entry.${index}.${key}`); index += 1) {
        found.set(fields.get(`${name}.entry.${index}.${key}`) ?? '', fields.get(`${name}.entry.${index}.${value}`) ?? '');
      }
      return found;
    },
  };
}

export function queryReply(namespace: string, action: string, result: XmlValue): AwsReply {
  const body = xmlElement(`${action}Response`, { [`${action}Result`]: result, ResponseMetadata: { RequestId: randomUUID() } }, namespace);
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

export function queryRefusal(namespace: string, { status, code, message }: AwsFailure): AwsReply {
  const failure = { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message };
  const body = xmlElement('ErrorResponse', { Error: failure, RequestId: randomUUID() }, namespace);
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
