import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TapeReplay } from '../local/replay/replay-tapes.ts';
import type { TapeFile } from '../local/replay/tape-files.ts';
import { findTapes } from '../local/replay/tape-files.ts';
import { makeConfig } from '../shared/system/config/config.ts';
import type { Figure } from './figure.ts';
import { makeTapes } from './made/tapes.ts';
import { interleave } from './measure.ts';

const recorded = resolve(import.meta.dirname, '..', process.env.PILOT_RECORDED_DATA ?? '../shared/data', 'gold15m-l2');

/**
 * Recorded order books replayed message by message, with book building, strategies, gate and ledger, against JSON.parse of
 * the same lines. Both begin with the text in memory and run on one thread. Without recorded tapes, made ones.
 */
export async function figures(): Promise<readonly Figure[]> {
  const files = existsSync(join(recorded, 'events')) ? await Promise.all((await findTapes(recorded)).map((load) => load())) : makeTapes();
  console.error(`l2: ${files.length} ${existsSync(recorded) ? 'recorded' : 'made'} tapes`);
  const config = makeConfig({});
  const times = await interleave({
    replay: () => playAll(files, new TapeReplay({ config, only: [] })),
    parse: () => files.map(({ text }) => parseLines(text)),
  });
  return [{ figure: 'l2.replay', value: times.replay, unit: 'ms', better: 'lower', limit: times.parse, budget: 1.5 }];
}

function playAll(files: readonly TapeFile[], replay: TapeReplay): void {
  for (const file of files) replay.play(file);
}

function parseLines(text: string): unknown {
  let last: unknown;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (end > start) last = JSON.parse(text.slice(start, end));
    start = end + 1;
  }
  return last;
}
