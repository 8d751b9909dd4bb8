import { describe, expect, it } from 'vitest';
import { readPanel } from '../../../local/replay/panel.ts';
import type { Recording } from '../../../local/replay/recording.ts';
import { fillsCsv } from '../../../local/replay/summary.ts';
import type { Usd } from '../../../shared/domain/money.ts';
import type { MarketRow } from '../../../shared/domain/rows-board.ts';
import { generatedRecording, mirrored } from '../../fixtures/generated-recording.ts';
import { describeRecorded } from '../../recorded-data.ts';
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

async function story(recording: Recording, settings: unknown, until?: number) {
  const { lines, run, summary } = await runReplay(recording, settings, until);
  return { lines: lines.map((line) => JSON.stringify(line)), fills: (await fillsCsv(run)).trim().split('\n').slice(1), summary };
}

async function looksAhead(recording: Recording, settings: unknown, seeds: readonly number[]): Promise<number> {
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

describe('replay of generated markets', () => {
  const recording = generatedRecording({ seed: 11, markets: 40, scans: 80 });

  it('decides nothing by what came later', async () => {
    expect(await looksAhead(recording, {}, [1, 2])).toBeGreaterThan(5);
  });

  it('is the mirror of the replay of the mirrored markets, to the micro-dollar of P&L', async () => {
    const [here, there] = [await story(recording, {}), await story(mirrored(recording), {})];
    expect(there.lines).toEqual(here.lines);
    const turned = here.fills.map((fill) => fill.replace(/,(yes|no),/, (_, side) => `,${side === 'yes' ? 'no' : 'yes'},`));
    expect(there.fills).toEqual(turned);
    expect(there.summary).toEqual(here.summary);
    expect(here.summary.trades).toBeGreaterThan(5);
  });

  it('is the same every time', async () => {
    expect(await story(recording, {})).toEqual(await story(recording, {}));
  });
});

describe('replay of worlds without an edge', () => {
  it('keeps its books balanced and its fees paid whatever happens', async () => {
    for (const seed of [1, 2, 3]) {
      const { summary } = await runReplay(generatedRecording({ seed, markets: 40, scans: 72 }), { account: 'non-direct' });
      expect(summary.ledger.balanced).toBe(true);
      expect(summary.openPositions).toBe(0);
      expect(summary.cash).toBe(summary.equity);
      expect(Number(summary.pnl)).toBeCloseTo(Number(summary.cash) - 1_000, 6);
    }
  });
});

describeRecorded('replay of the recorded panel', 'settled-panel/panel.csv.gz', (file) => {
  it('decides nothing by what came later', async () => {
    const { scans, outcomes, ...rest } = await readPanel(file);
    const part: Recording = { ...rest, scans: scans.filter(({ text }) => text >= '2026-02-24' && text < '2026-03-09'), outcomes };
    expect(await looksAhead(part, { scan: { volumeField: 'volume' } }, [5, 6])).toBeGreaterThan(5);
  });
});
