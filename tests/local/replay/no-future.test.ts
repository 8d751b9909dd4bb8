import { describe, expect, it } from 'vitest';
import { usdText } from '../../../shared/domain/money.ts';
import { generatedRecording, mirrored } from '../../fixtures/generated-recording.ts';
import { looksAhead, story } from './looks-ahead.ts';
import { runReplay } from './run-replay.ts';

describe('replay of generated markets', () => {
  const recording = generatedRecording({ seed: 11, markets: 40, scans: 80 });

  it('decides nothing by what came later', async () => {
    expect(await looksAhead(recording, {}, [1])).toBeGreaterThan(5);
  });

  it('is the mirror of the replay of the mirrored markets, to the micro-dollar of P&L', async () => {
    const [here, there] = [await story(recording, {}), await story(mirrored(recording), {})];
    expect(there.lines).toEqual(here.lines);
    const turned = here.fills.map((fill) => fill.replace(/,(yes|no),/, (_, side) => `,${side === 'yes' ? 'no' : 'yes'},`));
    expect(there.fills).toEqual(turned);
    expect(there.summary).toEqual(here.summary);
    expect(here.summary.trades).toBeGreaterThan(5);
  });
});

describe('replay of worlds without an edge', () => {
  it('keeps its books balanced and its fees paid whatever happens', async () => {
    for (const seed of [1, 2]) {
      const { summary, run } = await runReplay(generatedRecording({ seed, markets: 25, scans: 60 }), { account: 'non-direct' });
      expect(summary.ledger.balanced).toBe(true);
      expect(summary.openPositions).toBe(0);
      expect(usdText((await run.desk.paper.balance()).total)).toBe(summary.cash);
      expect(await run.desk.paper.positions()).toEqual([]);
      expect(summary.cash).toBe(summary.equity);
      expect(Number(summary.pnl)).toBeCloseTo(Number(summary.cash) - 1_000, 6);
    }
  });
});
