import type { Ledger } from '../../domain/ledger.ts';
import { emptyLedger } from '../../domain/ledger.ts';
import type { Millis, Usd } from '../../domain/money.ts';
import type { Position } from '../../domain/position.ts';
import type { LedgerHead } from '../../ports/store.ts';
import { type Expression, expression } from './expression.ts';
import type { Attributes } from './layout.ts';
import { pack, unpack } from './packed.ts';

/** The head as stored, with the latest time booked so far. */
export interface StoredHead {
  readonly head: LedgerHead;
  readonly through: Millis;
}

export function headIn(item: Attributes = {}): StoredHead {
  const peak = item.peak === undefined ? {} : { peak: item.peak as Usd };
  if (item.version === undefined) return { head: { ledger: emptyLedger, version: 0, ...peak }, through: 0 };
  const { cash, deposits, buys, sells, fees, payouts, realised, positions, version, through } = item;
  const sums = { cash, deposits, buys, sells, fees, payouts, realised } as Omit<Ledger, 'positions'>;
  const held = unpack(positions) as readonly Position[];
  const ledger = { ...sums, positions: new Map(held.map((position) => [position.ticker, position])) };
  return { head: { ledger, version: Number(version), ...peak }, through: Number(through) };
}

/** Sets everything but the peak, if nobody booked since `before`. */
export function headSetting({ head, through }: StoredHead, before: number): { readonly set: Expression; readonly when: Expression } {
  const { positions, ...sums } = head.ledger;
  const values = { ...sums, positions: pack([...positions.values()]), version: head.version, through };
  const set = Object.keys(values).map((name) => `#${name} = :${name}`);
  const when = before === 0 ? expression('attribute_not_exists(#version)') : expression('#version = :before', { before });
  return { set: expression(set.join(', '), values), when };
}
