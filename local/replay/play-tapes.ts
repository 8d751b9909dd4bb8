import type { Tape, TapeCount } from '../../shared/ports/tape.ts';

/** What a market's last quote was; null where it had none. Tapes do not know results. */
export interface TapeLine {
  readonly ticker: string;
  readonly lastMid: number | null;
}

export interface TapesPlayed {
  readonly lines: readonly TapeLine[];
  readonly summary: { readonly tapes: number; readonly firstAt: string | null; readonly lastAt: string | null } & TapeCount;
}

/** Plays tapes in their order and counts what was in them. */
export async function playTapes(tapes: AsyncIterable<Tape>): Promise<TapesPlayed> {
  const mids = new Map<string, number>();
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
        mids.set(book.ticker, (book.bid + book.ask) / 20_000);
      },
      trade: (_trade, at) => seen(at),
    });
    for (const name of Object.keys(total) as (keyof TapeCount)[]) total[name] += counted[name];
  }
  const lines = [...mids].map(([ticker, mid]) => ({ ticker, lastMid: Number.isNaN(mid) ? null : mid }));
  const time = (at: number) => (Number.isFinite(at) ? new Date(at).toISOString() : null);
  return { lines, summary: { tapes: count, firstAt: time(first), lastAt: time(last), ...total } };
}
