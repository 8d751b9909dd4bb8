import { AwsFailure } from '../aws-failure.ts';
import type { QueryForm } from '../query-protocol.ts';
import type { Subscription } from './sns-state.ts';

/** What each protocol is to be sent. Throws AwsFailure as SNS would. */
export function textByProtocol(form: QueryForm): (protocol: Subscription['protocol']) => string {
  const message = form.required('Message');
  if (Buffer.byteLength(message) > 262_144) throw invalid('Message', 'longer than 262144 bytes');
  if (form.optional('MessageStructure') !== 'json') return () => message;
  const texts = parseTexts(message);
  const fallback = texts.default;
  if (typeof fallback !== 'string') throw invalid('Message Structure', 'No default entry in JSON message body');
  return (protocol) => {
    const own = texts[protocol];
    return typeof own === 'string' ? own : fallback;
  };
}

/** ASCII, one line, under 100 characters: SNS refuses other subjects. */
export function subjectOf(form: QueryForm): string | undefined {
  const subject = form.optional('Subject');
  if (subject === undefined) return undefined;
  if (!/^[\x21-\x7e][\x20-\x7e]{0,98}$/.test(subject)) throw invalid('Subject', 'must be printable ASCII, one line, at most 99 characters');
  return subject;
}

function parseTexts(message: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(message) as Record<string, unknown>;
  } catch {
    throw invalid('Message Structure', 'JSON message body failed to parse');
  }
}

export function invalid(name: string, problem: string): AwsFailure {
  return new AwsFailure('InvalidParameter', `Invalid parameter: ${name} Reason: ${problem}`);
}
