import type { Slice } from '../metrics/breakdown.ts';
import { winRate } from '../metrics/win-rate.ts';
import type { Millis, Usd } from '../money.ts';
import type { Position, Trade } from '../position.ts';
import { ageText, countText, dollars, metricText, plural, signedDollars } from '../words/amounts.ts';
import type { ReportSection } from '../words/report.ts';

/** Weeks that a trend looks back on. */
const WEEKS = 4;
const WEEK = 7 * 86_400_000;

/** Closed trades of the last four weeks, each seven days long and ending now, newest first. */
export function trendSection(trades: readonly Trade[], now: Millis): ReportSection {
  const rows = Array.from({ length: WEEKS }, (_, back): readonly [string, string] => {
    const [from, to] = [now - (back + 1) * WEEK, now - back * WEEK];
    const own = trades.filter(({ closedAt }) => closedAt > from && closedAt <= to);
    return [back === 0 ? 'This week' : `${plural(back, 'week')} before`, tradesText(own)];
  });
  return { title: 'Trend', rows };
}

/** Trades by hand beside automated ones. */
export function originSection(origins: readonly Slice[]): ReportSection {
  const rows = origins.map(({ key, trades, pnl, fees, winRate: won }): readonly [string, string] => [
    key,
    `${signedDollars(pnl)} after ${dollars(fees)} fees in ${plural(trades, 'trade')}, won ${metricText(won, 'share')}`,
  ]);
  return { title: 'By hand and automated', rows: rows.length > 0 ? rows : [['Trades', 'none closed']] };
}

/** A position with what it would bring now and when it ends, where that is known. */
export interface Exposed {
  readonly position: Position;
  readonly value: Usd | undefined;
  readonly resolvesAt: Millis | undefined;
}

/** What each position can lose, the largest first: a loss pays nothing. */
export function exposureSection(positions: readonly Exposed[], now: Millis): ReportSection {
  const atRisk = ({ position: { cost, fees } }: Exposed) => (cost + fees) as Usd;
  const rows = positions
    .toSorted((a, b) => atRisk(b) - atRisk(a))
    .map((exposed): readonly [string, string] => {
      const { position, value, resolvesAt } = exposed;
      const ends = resolvesAt === undefined ? 'end unknown' : `closes in ${ageText(resolvesAt - now)}`;
      const held = `${countText(position.count)} ${position.side.toUpperCase()}`;
      return [position.ticker, `${held}, can lose ${dollars(atRisk(exposed))}, brings ${dollars(value, 'nobody bids')} now, ${ends}`];
    });
  return { title: 'Exposure', rows: rows.length > 0 ? rows : [['Positions', 'none']] };
}

function tradesText(trades: readonly Trade[]): string {
  if (trades.length === 0) return 'no trade closed';
  const pnl = trades.reduce((sum, trade) => sum + trade.pnl, 0) as Usd;
  return `${signedDollars(pnl)} in ${plural(trades.length, 'trade')}, won ${metricText(winRate(trades), 'share')}`;
}
