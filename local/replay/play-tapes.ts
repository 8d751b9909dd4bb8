import type { Tape, TapeCount } from '../../shared/ports/tape.ts';
import { midText, type TapeLine } from './replay-tapes.ts';

export interface TapesPlayed {
  readonly lines: readonly TapeLine[];
  readonly summary: { readonly tapes: number; readonly firstAt: string | null; readonly lastAt: string | null } & TapeCount;
}

/** Plays tapes in their order and counts what was in them. */
export async function playTapes(tapes: AsyncIterable<Tape>): Promise<TapesPlayed> {
  const twiceMids = new Map<string, number>();
  const total: { -readonly [Name in keyof TapeCount]: number } = {
    messages: 0,
    snapshots: 0,
    deltas: 0,
    trades: 0,
    negativeLevels: 0,
    crossedBooks: 0,
    gaps: 0,
    unreadable: 0,
  };
  let [count, first, last] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const seen = (at: number) => {
    first = Math.min(first, at);
    last = Math.max(last, at);
  };
  for await (const tape of tapes) {
    count += 1;
    const counted = tape.play({
      book(book, at) {
        seen(at);
        twiceMids.set(book.ticker, book.bid + book.ask);
      },
      trade: (_trade, at) => seen(at),
    });
    for (const name of Object.keys(total) as (keyof TapeCount)[]) total[name] += counted[name];
  }
  // A stream does not tell how markets end.
  const lines = [...twiceMids].map(([ticker, twice]) => ({ ticker, lastMid: midText(twice), result: null }));
  const time = (at: number) => (Number.isFinite(at) ? new Date(at).toISOString() : null);
  return { lines, summary: { tapes: count, firstAt: time(first), lastAt: time(last), ...total } };
}
