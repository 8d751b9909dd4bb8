import { etDay } from '../../domain/et-day.ts';
import type { Metric } from '../../domain/metrics/metric.ts';
import { known, sum, unknown } from '../../domain/metrics/metric.ts';
import type { Usd } from '../../domain/money.ts';
import { usdText } from '../../domain/money.ts';
import { CALLS, SPEND } from '../../jobs/ai-budget.ts';
import type { LevelDay } from '../../jobs/count-levels.ts';
import { keptLevels } from '../../jobs/count-levels.ts';
import type { FunctionName } from '../../system/map.ts';
import { functions } from '../../system/map.ts';
import type { CostsJson } from '../contract/holdings.ts';
import type { JobsJson } from '../contract/running.ts';
import { readPerformance } from './money-view.ts';
import { metricJson } from './performance.ts';
import type { Reading } from './reading.ts';
import { jobNames, readJobs } from './timetable.ts';
import { isoTime, orNull } from './unknown.ts';

const MONTH = 30 * 86_400_000;
const CALLS_COUNTED = 1000;

/** The timetable with last runs, and what was promised over 30 days. */
export async function readJobsPage(reading: Reading): Promise<JobsJson> {
  const [jobs, levels] = await Promise.all([readJobs(reading.io), readLevels(reading)]);
  return {
    jobs: jobs.map((job) => {
      const name = job.name as FunctionName;
      return { ...job, about: functions[name].about, runnable: isRunnable(name) };
    }),
    levels,
  };
}

/** What may be asked for from the page; the rest follows by itself. */
export function isRunnable(name: string): boolean {
  return (
    (functions.api.invokes as readonly string[]).includes(name) && name !== 'control' && (jobNames as readonly string[]).includes(name)
  );
}

async function readLevels({ io, book }: Reading): Promise<JobsJson['levels']> {
  const days = Object.values((await keptLevels(io.store, book))?.days ?? {});
  const level = (name: string, goal: string, all: keyof LevelDay, good: keyof LevelDay, why: string) => {
    const [count, fine] = [sum(days.map((day) => day[all])), sum(days.map((day) => day[good]))];
    return { name, goal, metric: metricJson(count === 0 ? unknown(why) : known(fine / count, count)) };
  };
  return [
    level('Ticks completed (scan, trade, sync)', '99.9%', 'ended', 'ok', 'no tick has been counted'),
    level('Values reconciled with the exchange', '100%', 'compared', 'agreed', 'nothing was compared'),
    level('Alerts delivered', '99.9%', 'told', 'delivered', 'no alert had to go out'),
  ];
}

/** Fees as charged, models as counted, the cloud by its price list. */
export async function readCosts(reading: Reading): Promise<CostsJson> {
  const { io, now, book } = reading;
  const { records } = io.store;
  const day = etDay(now);
  const [figures, today, month, calls] = await Promise.all([
    readPerformance(reading),
    records.get(SPEND, `day|${day}`),
    records.get(SPEND, `month|${day.slice(0, 7)}`),
    records.list(CALLS, { from: isoTime(now - MONTH), limit: CALLS_COUNTED }),
  ]);
  const fees = (metric: Metric) => orNull(metric.value, (value) => usdText(value as Usd));
  const { cloudPerMonth, aiBudgetPerDay } = io.settings;
  return {
    book,
    fees: { today: fees(figures.today.metrics.fees), month: fees(figures.month.metrics.fees), all: fees(figures.all.metrics.fees) },
    ai: { today: spentText(today), month: spentText(month), budgetToday: usdText(aiBudgetPerDay), calls: calls.length },
    cloudMonth: orNull(cloudPerMonth, usdText),
    why: cloudPerMonth === undefined ? 'nobody has worked out what the cloud costs. Fix: npm run cost' : null,
  };
}

/** A day without a call has no counter: nothing was spent. */
function spentText(spent: unknown): string {
  return usdText((typeof spent === 'number' ? spent : 0) as Usd);
}
