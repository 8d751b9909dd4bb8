import type * as z from 'zod/mini';
import { actionBody, actionResult } from '../shared/api/contract/action.ts';
import { chartData, metrics, performance, trades } from '../shared/api/contract/figures.ts';
import { costs, ledger, positions } from '../shared/api/contract/holdings.ts';
import { ai, calibration } from '../shared/api/contract/learning.ts';
import { funnel, opportunities, strategies } from '../shared/api/contract/markets.ts';
import { report } from '../shared/api/contract/report.ts';
import { alerts, jobs } from '../shared/api/contract/running.ts';
import { status } from '../shared/api/contract/status.ts';

export interface Endpoint {
  readonly about: string;
  /** Query parameters with what they take. */
  readonly query?: Readonly<Record<string, string>>;
  readonly answer: z.ZodMiniType;
}

const page = { limit: '1 to 500, default 100', offset: '0 or more, default 0' } as const;
const period = 'today, week, month or all; default all';

/** Every answer that is data. All take `book` (paper, demo or live; default the mode's) and answer an ETag. */
export const endpoints: Readonly<Record<string, Endpoint>> = {
  '/api/status': { about: 'how things stand; answers even when the store does not', answer: status },
  '/api/performance': { about: 'every metric for today, 7 days, 30 days and all', answer: performance },
  '/api/metrics': { about: 'the metrics of one period with names, units and formulas', query: { period }, answer: metrics },
  '/api/trades': { about: 'closed trades, last closed first', query: page, answer: trades },
  '/api/chart-data': { about: 'P&L and drawdown over time', query: { range: '1d, 1w, 1m or all; default 1m' }, answer: chartData },
  '/api/alerts': { about: 'open alerts, then what was told', query: { limit: page.limit }, answer: alerts },
  '/api/funnel': { about: 'how the last scan narrowed all markets down', answer: funnel },
  '/api/positions': { about: 'positions by event, and orders that may still fill', answer: positions },
  '/api/strategies': { about: 'strategies with evidence, results and the gate to live', answer: strategies },
  '/api/calibration': { about: 'how forecasts came true', answer: calibration },
  '/api/ai': { about: 'what the models said, what it cost, what they weigh', answer: ai },
  '/api/report': { about: 'the report made last, in the words of its mail', answer: report },
  '/api/opportunities': { about: 'what strategies wanted and what the risk rules said', answer: opportunities },
  '/api/costs': { about: 'what running it costs', answer: costs },
  '/api/jobs': { about: 'the timetable, last runs, service levels', answer: jobs },
  '/api/ledger': { about: 'the book’s money and whether the exchange agrees', answer: ledger },
};

/** `POST /api/actions/NAME`, with a JSON body or a form. */
export const action = {
  names: ['pause', 'resume', 'cancel-all', 'emergency', 'flatten', 'close', 'acknowledge', 'run-JOB'],
  body: actionBody,
  answer: actionResult,
} as const;
