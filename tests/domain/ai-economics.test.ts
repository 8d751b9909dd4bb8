import { describe, expect, it } from 'vitest';
import { aiEconomics } from '../../shared/domain/ai-economics.ts';
import type { Usd } from '../../shared/domain/money.ts';

const period = { pnl: 900_000 as Usd, aiCost: 300_000 as Usd, cloudCost: 50_000 as Usd, decisions: 60, trades: 12, brierGain: 0.02 };

describe('what the AI costs', () => {
  it('is taken off the result, and shared out over decisions, trades and points of skill', () => {
    const { netPnl, perDecision, perTrade, perBrierPoint } = aiEconomics(period);
    expect([netPnl.value, perDecision.value, perTrade.value, perBrierPoint.value]).toEqual([550_000, 5_000, 25_000, 150_000]);
  });

  it('has no price per thing where there are no things', () => {
    const idle = aiEconomics({ ...period, decisions: 0, trades: 0, brierGain: undefined });
    expect(idle).toMatchObject({
      perDecision: { why: 'no decisions' },
      perTrade: { why: 'no closed trades' },
      perBrierPoint: { why: 'no settled forecasts' },
    });
    expect(idle.netPnl.value).toBe(550_000);
  });

  it('buys no skill where forecasts are no better than the price', () => {
    expect(aiEconomics({ ...period, brierGain: -0.01 }).perBrierPoint).toMatchObject({
      value: undefined,
      why: 'forecasts are no better than the price',
    });
  });
});
