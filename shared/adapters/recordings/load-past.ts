import type { Millis } from '../../domain/money.ts';
import { PriceHistory } from '../../domain/price-history.ts';
import type { Past } from '../../domain/rows-board.ts';
import type { Blobs } from '../../ports/blobs.ts';
import { keysBefore } from './recording-keys.ts';
import { readScan } from './scan-recording.ts';

const HOUR: Millis = 3_600_000;
const DAY: Millis = 24 * HOUR;
/** A scan takes minutes, and its last page is judged at its own time. */
const SLACK: Millis = 600_000;

/**
 * Past prices for a scan that begins now: of the hour a day ago and of the hour a week ago, read from the scans recorded
 * then. A market that was not recorded has none. Throws BlobFailure.
 */
export async function loadPast(blobs: Pick<Blobs, 'get' | 'list'>, now: Millis): Promise<Past> {
  const history = new PriceHistory();
  for (const from of [now - 7 * DAY, now - DAY]) {
    for (const key of await scansBetween(blobs, from - SLACK, from + HOUR + SLACK)) {
      const bytes = await blobs.get(key);
      if (bytes) for (const page of readScan(key, bytes).pages()) history.record(page);
    }
  }
  return history;
}

/** Keys of the scans recorded from one moment to another, ascending; a day's folder is listed at a time. */
async function scansBetween(blobs: Pick<Blobs, 'list'>, from: Millis, to: Millis): Promise<readonly string[]> {
  const [first, last] = [keysBefore('scans', from), keysBefore('scans', to + 1000)];
  const days = Array.from({ length: Math.floor(to / DAY) - Math.floor(from / DAY) + 1 }, (_, day) =>
    keysBefore('scans', from + day * DAY).slice(0, 'scans/yyyy-mm-dd/'.length),
  );
  const keys = await Promise.all(days.map((day) => blobs.list(day, first)));
  return keys.flat().filter((key) => key < last);
}
