import type { Millis } from '../money.ts';
import { ageText, dollars, percent, plural } from '../words/amounts.ts';
import type { HealthFacts } from './health-facts.ts';
import type { CheckSpec, Finding } from './risk-check.ts';
import { above, atLeast, below, cannotTell, noSubject, withFresh } from './risk-check.ts';
import type { Band, HealthThresholds } from './thresholds.ts';

/** How trading goes and whether the system can still see, agree, sell, think and run. */
export const systemChecks = {
  drawdown: {
    label: 'Drawdown',
    dimension: 'drawdown',
    unit: 'share',
    target: ({ drawdown }) => drawdown.warning,
    judge: ({ drawdown }, limits) => {
      if (drawdown === undefined) return cannotTell('no equity history');
      return above(drawdown, limits.drawdown, `${percent(drawdown)} below the peak, limit ${percent(limits.drawdown.warning)}`);
    },
  },
  'win-rate-gap': {
    label: 'Manual vs automated',
    dimension: 'win-rate-gap',
    unit: 'share',
    target: ({ winRateGap }) => winRateGap.warning,
    judge: winRateGap,
  },
  'quote-age': {
    label: 'Quotes',
    dimension: 'data-freshness',
    unit: 'duration',
    target: ({ quoteAge }) => quoteAge.warning,
    judge: ({ quotesAt, at }, { quoteAge }) => age('quotes', quotesAt, at, quoteAge),
  },
  'sync-age': {
    label: 'Sync',
    dimension: 'data-freshness',
    unit: 'duration',
    target: ({ syncAge }) => syncAge.warning,
    judge: ({ syncedAt, at }, { syncAge }) => age('sync', syncedAt, at, syncAge),
  },
  reconciliation: {
    label: 'Reconciliation',
    dimension: 'reconciliation',
    unit: 'count',
    target: () => 0,
    judge: (facts, { maxAge }) =>
      withFresh('reconciliation', facts.reconciliation, { now: facts.at, maxAge: maxAge.facts }, ({ breaks }) => ({
        state: breaks === 0 ? 'healthy' : 'critical',
        value: breaks,
        detail: breaks === 0 ? 'ledger, fills and exchange agree' : `${plural(breaks, 'difference')} between ledger, fills and exchange`,
      })),
  },
  breaker: { label: 'Breaker', dimension: 'breaker', unit: 'count', target: () => undefined, judge: breaker },
  calibration: {
    label: 'AI calibration',
    dimension: 'calibration',
    unit: 'ratio',
    target: ({ calibration }) => calibration.warning,
    judge: (facts, { calibration, maxAge }) =>
      withFresh('calibration', facts.calibration, { now: facts.at, maxAge: maxAge.calibration }, ({ settled, skill, weight }) => {
        if (settled < calibration.minForecasts) return noSubject(`${settled} of ${calibration.minForecasts} forecasts settled`);
        if (weight === 0) return noSubject('the AI has no weight in decisions');
        if (skill === undefined) return cannotTell('no skill was computed');
        return below(skill, calibration, `skill against the market ${skill.toFixed(3)} over ${settled} forecasts`);
      }),
  },
  'ai-budget': {
    label: 'AI budget',
    dimension: 'ai-budget',
    unit: 'share',
    target: ({ aiBudget }) => aiBudget.critical ?? aiBudget.warning,
    judge: (facts, { aiBudget, maxAge }) =>
      withFresh('AI spend', facts.aiBudget, { now: facts.at, maxAge: maxAge.facts }, ({ spent, budget }) =>
        budget === 0 ? noSubject('no AI budget') : atLeast(spent / budget, aiBudget, `${dollars(spent)} of ${dollars(budget)} spent today`),
      ),
  },
  'error-rate': {
    label: 'Failed runs',
    dimension: 'error-rate',
    unit: 'share',
    target: ({ errorRate }) => errorRate.warning,
    judge: (facts, { errorRate, maxAge }) =>
      withFresh('record of runs', facts.runs, { now: facts.at, maxAge: maxAge.facts }, ({ failed, all }) =>
        all === 0 ? noSubject('no job has run yet') : above(failed / all, errorRate, `${failed} of ${all} runs failed in the last day`),
      ),
  },
} as const satisfies Record<string, CheckSpec>;

function winRateGap({ winRates }: HealthFacts, limits: HealthThresholds): Finding {
  if (winRates === undefined) return cannotTell('no trade history');
  const { manual, automated } = winRates;
  const { minTrades, warning } = limits.winRateGap;
  if (manual.value === undefined || automated.value === undefined || Math.min(manual.n, automated.n) < minTrades) {
    return noSubject(`needs ${minTrades} closed trades of each kind: ${manual.n} by hand, ${automated.n} automated`);
  }
  const gap = Math.abs(manual.value - automated.value);
  const detail = `${percent(manual.value)} by hand, ${percent(automated.value)} automated, limit ${warning * 100} points`;
  return above(gap, limits.winRateGap, detail);
}

function breaker({ breaker: found }: HealthFacts): Finding {
  if (found === undefined) return cannotTell('the breaker could not be read');
  const states = { active: 'healthy', reducing: 'warning', halted: 'critical' } as const;
  const because = [found.cause, found.detail].filter((part) => part !== undefined).join(', ');
  return { state: states[found.state], detail: because === '' ? found.state : `${found.state}: ${because}` };
}

function age(name: string, seen: Millis | undefined, now: Millis, band: Band): Finding {
  if (seen === undefined) return cannotTell(`no ${name} yet`);
  return above(now - seen, band, `${name} ${ageText(now - seen)} ago, limit ${ageText(band.warning)}`);
}
