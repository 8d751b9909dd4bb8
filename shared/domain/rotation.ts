import type { Board } from './board.ts';
import { heldQuote } from './board.ts';
import type { Book } from './book.ts';
import type { Considered } from './decide.ts';
import type { ExitSettings } from './exits/exit-rules.ts';
import { feePerContract } from './fees.ts';
import type { Price } from './money.ts';
import type { Position } from './position.ts';
import type { CheckName } from './risk/checks.ts';

/** What is held and could be left, with the row of its market. */
export interface Leavable {
  readonly book: Book;
  readonly position: Position;
  readonly row: number;
}

/** Checks that only say that the book is full. */
const full: ReadonlySet<CheckName> = new Set(['affordable', 'withinTotal', 'withinCategory', 'shardFunded', 'fewEnough']);
/** Caps that only say so. */
const spent: ReadonlySet<string> = new Set(['cash', 'category', 'total', 'shard']);

/**
 * The position to leave so that a better one can be entered: the one that promises least, when a signal that only lacks
 * room promises more than it by the exit's spread, both fees and `margin`. Promise is what a dollar is expected to gain until the
 * end: of a held side by what its strategy says of it now, else by its mid. One a decision. Source: algorithms B15.
 */
export function rotationOf(
  board: Board,
  considered: readonly Considered[],
  held: readonly Leavable[],
  { margin, exits }: { readonly margin: number; exits(strategy: string | undefined): ExitSettings },
): Leavable | undefined {
  const best = considered.filter(lacksRoom).reduce((most, one) => Math.max(most, promiseOf(board, one)), Number.NEGATIVE_INFINITY);
  const worst = held
    .flatMap((one) => leaving(board, one, considered, exits(one.position.strategy)) ?? [])
    .reduce<Leaving | undefined>((least, one) => (least && least.promise + least.cost <= one.promise + one.cost ? least : one), undefined);
  return worst && best - worst.promise > worst.cost + margin ? worst.held : undefined;
}

function lacksRoom({ sized, verdict }: Considered): boolean {
  if (verdict) return verdict.approved === undefined && verdict.because.every(({ check }) => full.has(check));
  return sized?.contracts === 0 && sized.kellyFraction > 0 && sized.caps.some(({ name, binding }) => binding && spent.has(name));
}

/** After the entry's fee, which is in its cost. */
function promiseOf(board: Board, { signal }: Considered): number {
  const { fee } = board.terms(signal.row);
  if (!fee) return Number.NEGATIVE_INFINITY;
  const cost = signal.limit / 10_000 + feePerContract(signal.limit, signal.postOnly ? 'maker' : 'taker', fee, board.at);
  return signal.fair / cost - 1;
}

interface Leaving {
  readonly held: Leavable;
  readonly promise: number;
  /** Spread and fee of the exit, as shares of what it brings. */
  readonly cost: number;
}

/** Undefined where it cannot be left at a price that is one, or settles soon by itself. */
function leaving(board: Board, held: Leavable, considered: readonly Considered[], exits: ExitSettings): Leaving | undefined {
  const { position, row, book } = held;
  const { bid, ask } = heldQuote(board, row, position.side);
  const { fee } = board.terms(row);
  const close = board.knownClose(row);
  if (bid === undefined || ask === undefined || fee === undefined || ask - bid > exits.maxSpread || bid >= exits.holdAbove)
    return undefined;
  if (close - board.at <= exits.holdMinutes * 60_000) return undefined;
  const own = considered.find(
    ({ signal, ...one }) =>
      one.book === book && signal.ticker === position.ticker && signal.side === position.side && signal.strategy === position.strategy,
  );
  const fair = own?.signal.fair ?? (bid + ask) / 20_000;
  const price = bid / 10_000;
  const exitFee = feePerContract(bid as Price, 'taker', fee, board.at);
  return { held, promise: fair / price - 1, cost: ((ask - bid) / 10_000 + exitFee) / price };
}
