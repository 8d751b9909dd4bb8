import { unreadable } from './lost-answer.ts';

/** A field that money depends on. Throws ExchangeError naming it when the answer came without. */
export function known<Value>(value: Value | null | undefined, name: string, field: string): Value {
  if (value !== undefined && value !== null) return value;
  throw unreadable(name, 'unreadable_answer', `${field} is missing`);
}
