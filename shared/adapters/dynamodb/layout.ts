import { StoreFailure } from '../../ports/store.ts';
import { type Expression, expression } from './expression.ts';

export type Attributes = Readonly<Record<string, unknown>>;

/** Schema version of the items that this program writes and reads. */
const LAYOUT = 1;

export function withLayout(item: Attributes): Record<string, unknown> {
  return { ...item, v: LAYOUT };
}

/** The update, stamping the item too. */
export function settingLayout(set: Expression): Expression {
  return expression(`SET ${set.text}, #v = :v`, { ...set.values, v: LAYOUT }, set.names);
}

/** The item, if this program knows its layout. Throws StoreFailure. */
export function inLayout(item: Attributes): Attributes {
  if (item.v === LAYOUT) return item;
  const what = Object.values(item).slice(0, 2).join(' ');
  throw new StoreFailure(`item ${what} has layout ${String(item.v)}, not ${LAYOUT}. Fix: run the program that wrote it`, 'not-sent');
}
