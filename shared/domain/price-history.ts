import type { Board } from './board.ts';
import { doubleMid } from './board.ts';
import type { Millis } from './money.ts';

const HOUR: Millis = 3_600_000;
const DAY: Millis = 24 * HOUR;
const WEEK: Millis = 7 * DAY;

interface Track {
  readonly at: Millis[];
  readonly twiceMid: number[];
  /** First point that a week-old window can still need. */
  start: number;
}

/**
 * Recorded executable mids of markets, kept for a week and an hour. Reads only what was recorded at or before the
 * moment asked for, so a decision cannot see past its own time.
 */
export class PriceHistory {
  readonly #tracks = new Map<string, Track>();

  /** Adds a board's two-sided quotes. Boards come in time order. */
  record(board: Board): void {
    for (let row = 0; row < board.rows; row++) {
      const twiceMid = doubleMid(board, row);
      if (!Number.isNaN(twiceMid)) this.add(board.ticker[row] ?? '', board.at, twiceMid);
    }
  }

  add(ticker: string, at: Millis, twiceMid: number): void {
    let track = this.#tracks.get(ticker);
    if (!track) {
      track = { at: [], twiceMid: [], start: 0 };
      this.#tracks.set(ticker, track);
    }
    track.at.push(at);
    track.twiceMid.push(twiceMid);
    prune(track, at - WEEK - HOUR);
  }

  /** Median mid in [now − 24 h, now − 23 h], in ten-thousandths; NaN when nothing was recorded then. */
  dayAgo(ticker: string, now: Millis): number {
    return this.#median(ticker, now - DAY);
  }

  /** Median mid in [now − 7 d, now − 7 d + 1 h], in ten-thousandths; NaN when nothing was recorded then. */
  weekAgo(ticker: string, now: Millis): number {
    return this.#median(ticker, now - WEEK);
  }

  /** Forgets a market that has ended. */
  forget(ticker: string): void {
    this.#tracks.delete(ticker);
  }

  #median(ticker: string, from: Millis): number {
    const track = this.#tracks.get(ticker);
    if (!track) return Number.NaN;
    const first = lowerBound(track.at, from, track.start);
    if (!((track.at[first] ?? Number.POSITIVE_INFINITY) <= from + HOUR)) return Number.NaN;
    const end = lowerBound(track.at, from + HOUR + 1, first);
    return median(track.twiceMid.slice(first, end)) / 2;
  }
}

/** Drops old points in one go once they are half of the track, so that adding stays cheap. */
function prune(track: Track, before: Millis): void {
  while ((track.at[track.start] ?? Number.POSITIVE_INFINITY) < before) track.start++;
  if (track.start < 1024 || track.start * 2 < track.at.length) return;
  track.at.splice(0, track.start);
  track.twiceMid.splice(0, track.start);
  track.start = 0;
}

function lowerBound(sorted: readonly number[], value: number, from: number): number {
  let low = from;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
