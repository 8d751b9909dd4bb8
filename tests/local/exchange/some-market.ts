import type { Board } from '../../../shared/domain/board.ts';
import { ACTIVE, doubleMid } from '../../../shared/domain/board.ts';
import type { Contracts, Price, Usd } from '../../../shared/domain/money.ts';
import type { Approved } from '../../../shared/domain/order.ts';
import { approved } from '../../adapters/kalshi/approved-order.ts';
import { FRIDAY } from './desk-fixture.ts';
import type { OnAir } from './on-air.ts';

const HOUR = 3_600_000;
/** $500 in each shard. */
export const everyShard = new Map([0, 1, 2, 3].map((shard) => [shard, 500_000_000 as Usd]));

/** Rows of all open markets. */
export async function listed(room: OnAir): Promise<readonly { readonly board: Board; readonly row: number }[]> {
  const { marketData } = await room.connect();
  const rows: { board: Board; row: number }[] = [];
  for await (const board of marketData.scan()) for (let row = 0; row < board.rows; row++) rows.push({ board, row });
  return rows;
}

/** An open market with a two-sided quote that the test can use. */
export async function someMarket(room: OnAir, suits: (board: Board, row: number) => boolean = () => true) {
  const found = (await listed(room)).find(
    ({ board, row }) => board.status[row] === ACTIVE && doubleMid(board, row) > 0 && suits(board, row),
  );
  if (!found) throw new Error('no such market in this world');
  const { board, row } = found;
  const ask = board.ask[row] as Price;
  return { ticker: board.ticker[row] ?? '', event: board.event[row] ?? '', ask, terms: board.terms(row) };
}

/** A YES order at a penny that rests, unless told otherwise. */
export function intent(ticker: string, shard: number | undefined, changed: Partial<Approved> = {}): Approved {
  const expiresAt = FRIDAY + HOUR;
  return approved({ ticker, shard, side: 'yes', price: 100 as Price, count: 200 as Contracts, expiresAt, ...changed });
}
