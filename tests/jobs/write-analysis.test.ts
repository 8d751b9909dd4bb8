import { describe, expect, it } from 'vitest';
import type { AnalysisRequest } from '../../shared/domain/analysis/analysis-prompt.ts';
import type { Usd } from '../../shared/domain/money.ts';
import { SPEND } from '../../shared/jobs/ai-budget.ts';
import { writeAnalysis } from '../../shared/jobs/write-analysis.ts';
import type { Analyst } from '../../shared/ports/analyst.ts';
import { ioWith, now, scripted } from './forecasting/scripted-analyst.ts';

const request: AnalysisRequest = { kind: 'daily', at: now, facts: 'Cash  $9.84' };
const ioOf = (...analysts: readonly Analyst[]) => ({ ...ioWith({ primary: scripted('unused', {}) }), analysts });

describe('writing an analysis', () => {
  it('gives the text with model, cost and seconds, on its own account', async () => {
    const io = ioOf(scripted('grok-4.7', {}));
    expect(await writeAnalysis(io, request, now)).toMatchObject({
      state: 'written',
      text: 'text',
      model: 'grok-4.7',
      cost: 100,
      seconds: 1,
    });
    expect(await io.records.get(SPEND, 'strategy|2026-11-20|analysis')).toBe(100);
  });

  it('takes the next model where the first is out', async () => {
    const io = ioOf(scripted('grok-4.7', { fails: 'time-out' }), scripted('grok-4.3', {}));
    expect(await writeAnalysis(io, request, now)).toMatchObject({ state: 'written', model: 'grok-4.3', cost: 200 });
  });

  it('leaves the report without a text, and says why, where all fail or the money is gone', async () => {
    expect(await writeAnalysis(ioOf(scripted('a', { fails: 'cut-off' })), request, now)).toMatchObject({
      state: 'absent',
      why: 'cut-off',
      cost: 100,
    });
    expect(await writeAnalysis(ioOf(), request, now)).toMatchObject({ state: 'absent', cost: 0 });
    const poor = { ...ioOf(scripted('a', {})), caps: { ...ioOf().caps, perDay: 149 as Usd } };
    expect(await writeAnalysis(poor, request, now)).toMatchObject({ state: 'absent', why: 'budget', cost: 0 });
  });

  it('does not spend more than the budget when two run at once', async () => {
    const io = ioOf(scripted('a', {}));
    const caps = { ...io.caps, perDay: 200 as Usd };
    const both = await Promise.all([writeAnalysis({ ...io, caps }, request, now), writeAnalysis({ ...io, caps }, request, now)]);
    expect(both.map(({ state }) => state).sort()).toEqual(['absent', 'written']);
  });
});
