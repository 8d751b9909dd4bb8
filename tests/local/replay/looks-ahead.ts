import { expect } from 'vitest';
import type { Recording } from '../../../local/replay/recording.ts';
import { fillsCsv } from '../../../local/replay/summary.ts';
import type { Usd } from '../../../shared/domain/money.ts';
import type { MarketRow } from '../../../shared/domain/rows-board.ts';
import { seeded } from '../../seeded.ts';
import { runReplay } from './run-replay.ts';

/** Only what a process that stopped at `t` would have on disk. */
function cut(recording: Recording, t: number): Recording {
  return {
    ...recording,
    scans: recording.scans.filter(({ at }) => at <= t),
    outcomes: recording.outcomes.filter(({ settledAt }) => settledAt <= t),
  };
}

/** Everything after `t` made up anew: quotes, volumes, statuses, closes that had not come, results. */
function poisoned(recording: Recording, t: number, seed: number): Recording {
  const chance = seeded(seed);
  const poison = (row: MarketRow): MarketRow => {
    const bid = 100 + 100 * Math.floor(chance() * 97);
    return { ...row, bid, ask: bid + 100, volume: 1e7 * chance(), volume24h: 1e7 * chance(), status: chance() < 0.8 ? 'active' : 'closed' };
  };
  return {
    ...recording,
    scans: recording.scans.map((scan) => (scan.at <= t ? scan : { ...scan, rows: scan.rows.map(poison) })),
    outcomes: recording.outcomes.map((outcome) => {
      if (outcome.settledAt <= t) return outcome;
      const yes = chance() < 0.5;
      return { ...outcome, result: yes ? 'yes' : 'no', yesValue: (yes ? 1_000_000 : 0) as Usd };
    }),
  };
}

/** What a replay said, line by line and fill by fill. */
export async function story(recording: Recording, settings: unknown, until?: number) {
  const { lines, run, summary } = await runReplay(recording, settings, until);
  return { lines: lines.map((line) => JSON.stringify(line)), fills: (await fillsCsv(run)).trim().split('\n').slice(1), summary };
}

/** Expects that nothing after a random scan changes what came before it; says how many fills that compared. */
export async function looksAhead(recording: Recording, settings: unknown, seeds: readonly number[]): Promise<number> {
  const whole = await story(recording, settings);
  let compared = 0;
  for (const seed of seeds) {
    const index = Math.floor(seeded(seed)() * recording.scans.length);
    const t = recording.scans[index]?.at ?? 0;
    const known = whole.lines.slice(0, index + 1);
    const fills = whole.fills.filter((fill) => Date.parse(fill.slice(0, fill.indexOf(','))) <= t);
    compared += fills.length;
    for (const other of [await story(recording, settings, t), await story(cut(recording, t), settings)]) {
      expect(other.lines).toEqual(known);
      expect(other.fills).toEqual(fills);
    }
    const future = await story(poisoned(recording, t, seed), settings);
    expect(future.lines.slice(0, index + 1)).toEqual(known);
    expect(future.fills.slice(0, fills.length)).toEqual(fills);
  }
  return compared;
}
