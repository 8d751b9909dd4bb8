import type { Usd } from '../../domain/money.ts';
import type { Analyst, Call } from '../../ports/analyst.ts';
import type { Clock } from '../../ports/clock.ts';

/**
 * An analyst that is not asked any more from `until` on: whatever is under way then ends with at most the one answer it
 * waits for.
 */
export function withinTime(analyst: Analyst, clock: Pick<Clock, 'now'>, until: number): Analyst {
  const { model } = analyst;
  const call: Call = { asked: model, answered: undefined, usage: undefined, cost: 0 as Usd, seconds: 0 };
  const late = { ok: false, why: 'time-out', detail: 'the run is out of time', fix: 'wait for the next run', call } as const;
  const inTime = () => clock.now() < until;
  return {
    model,
    estimate: (task) => analyst.estimate(task),
    forecast: async (task) => (inTime() ? analyst.forecast(task) : late),
    critique: async (task) => (inTime() ? analyst.critique(task) : late),
    evidence: async (task) => (inTime() ? analyst.evidence(task) : late),
    nameGap: async (task) => (inTime() ? analyst.nameGap(task) : late),
    analyze: async (task) => (inTime() ? analyst.analyze(task) : late),
  };
}
