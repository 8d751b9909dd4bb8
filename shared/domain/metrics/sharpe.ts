import type { Metric } from './metric.ts';
import { known, mean, unknown } from './metric.ts';
import { Z95 } from './win-rate.ts';

const DAYS_A_YEAR = 365;
/** Below this many daily returns a Sharpe ratio says nothing: over 20 days 1.5 is passed by a third of the edgeless. */
const SHARPE_DAYS = 60;

/** Mean ÷ deviation of daily returns (days without change included) × √365, with Lo's (2002) 95 % interval. */
export function sharpe(returns: readonly number[]): Metric {
  const n = returns.length;
  if (n < SHARPE_DAYS) return tooFew(n);
  const average = mean(returns);
  const deviation = Math.sqrt(returns.reduce((sum, value) => sum + (value - average) ** 2, 0) / (n - 1));
  if (!(deviation > 1e-12)) return unknown('equity did not vary', n);
  const daily = average / deviation;
  const half = Z95 * Math.sqrt((1 + daily ** 2 / 2) / n);
  const scale = Math.sqrt(DAYS_A_YEAR);
  return known(daily * scale, n, { low: (daily - half) * scale, high: (daily + half) * scale });
}

/** As Sharpe's ratio, but only falling days count as risk: mean ÷ √(mean of squared losses) × √365. */
export function sortino(returns: readonly number[]): Metric {
  const n = returns.length;
  if (n < SHARPE_DAYS) return tooFew(n);
  const downside = Math.sqrt(mean(returns.map((value) => Math.min(value, 0) ** 2)));
  if (!(downside > 1e-12)) return unknown('no losing day', n);
  return known((mean(returns) / downside) * Math.sqrt(DAYS_A_YEAR), n);
}

function tooFew(n: number): Metric {
  return unknown(`not enough data: ${n} of ${SHARPE_DAYS} days`, n);
}
