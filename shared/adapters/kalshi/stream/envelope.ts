import { unreadable } from '../lost-answer.ts';

/** What every message of the stream has around its payload. */
export interface Envelope {
  readonly type: string;
  /** Of the command it answers. */
  readonly id: number | undefined;
  readonly sid: number | undefined;
  readonly seq: number | undefined;
  readonly msg: unknown;
}

/** By hand, since thousands of these may come a second. Throws ExchangeError for anything that is no message. */
export function readEnvelope(text: string): Envelope {
  const message = parse(text);
  if (typeof message.type !== 'string')
    throw unreadable('stream', 'unreadable_answer', `${JSON.stringify(text.slice(0, 60))} is no message`);
  const { type, id, sid, seq, msg } = message;
  return { type, id: whole(id), sid: whole(sid), seq: whole(seq), msg };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

function whole(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? (value as number) : undefined;
}
