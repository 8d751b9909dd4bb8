import type { Recording } from '../../../local/replay/recording.ts';
import type { Replayed, ScanLine } from '../../../local/replay/replay.ts';
import { replay } from '../../../local/replay/replay.ts';
import { summaryOf } from '../../../local/replay/summary.ts';
import { makeConfig } from '../../../shared/system/config/config.ts';

export interface Ran {
  readonly lines: readonly ScanLine[];
  readonly run: Replayed;
  readonly summary: Awaited<ReturnType<typeof summaryOf>>;
}

/** A recording replayed to its end, or to `until`, with every line it said. */
export async function runReplay(recording: Recording, file: unknown = {}, until?: number): Promise<Ran> {
  const running = replay(recording, { config: makeConfig({ file }), only: [], ...(until === undefined ? {} : { until }) });
  const lines: ScanLine[] = [];
  for (;;) {
    const next = await running.next();
    if (next.done) return { lines, run: next.value, summary: await summaryOf(next.value, recording) };
    lines.push(next.value);
  }
}
