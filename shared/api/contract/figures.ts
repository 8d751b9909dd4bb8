import * as z from 'zod/mini';
import { count, metric, money, namedMetric, side, time } from './units.ts';

const slice = z.strictObject({ key: z.string(), trades: z.number(), pnl: money, fees: money, winRate: metric });
export type SliceJson = z.output<typeof slice>;
const period = z.strictObject({
  start: z.nullable(time),
  metrics: z.record(z.string(), metric),
  strategies: z.array(slice),
  exits: z.array(slice),
});

/** `GET /api/performance`: every metric for today, 7 days, 30 days and all. Money in micro-dollars, shares 0..1, times in ms. */
export const performance = z.strictObject({
  book: z.string(),
  at: time,
  today: period,
  week: period,
  month: period,
  all: period,
});
export type PerformanceJson = z.output<typeof performance>;

/** `GET /api/metrics`: the metrics of one period with names, units and formulas. */
export const metrics = z.strictObject({
  book: z.string(),
  at: time,
  period: z.enum(['today', 'week', 'month', 'all']),
  metrics: z.array(namedMetric),
});

export const trade = z.strictObject({
  ticker: z.string(),
  event: z.string(),
  strategy: z.nullable(z.string()),
  side,
  count,
  cost: money,
  proceeds: money,
  fees: money,
  pnl: money,
  openedAt: time,
  closedAt: time,
  exit: z.string(),
});
export type TradeJson = z.output<typeof trade>;

/** `GET /api/trades?limit&offset`: closed trades, last closed first. `next` is the offset of the next page. */
export const trades = z.strictObject({ book: z.string(), trades: z.array(trade), next: z.nullable(z.number()) });
export type TradesJson = z.output<typeof trades>;

/** `GET /api/chart-data?range=1d|1w|1m|all`: at most 1,000 points; extremes survive the thinning. */
export const chartData = z.strictObject({
  book: z.string(),
  range: z.enum(['1d', '1w', '1m', 'all']),
  recorded: z.number(),
  points: z.array(z.strictObject({ at: time, pnl: z.nullable(money), equity: z.nullable(money), drawdown: z.nullable(z.number()) })),
  trades: z.array(z.strictObject({ at: time, ticker: z.string(), pnl: money })),
  drawdownLimit: z.number(),
});
export type ChartData = z.output<typeof chartData>;
export type Range = ChartData['range'];
