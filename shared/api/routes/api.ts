import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { etag } from 'hono/etag';
import { Hono } from 'hono/tiny';
import { alertPage } from '../../../dashboard/alert-page.ts';
import { icon } from '../../../dashboard/icon.ts';
import { page } from '../../../dashboard/page.ts';
import { books } from '../../domain/book.ts';
import { periods } from '../../domain/metrics/period.ts';
import { isZone } from '../../domain/zone.ts';
import { actionToken, knownHost, secureHeaders } from './access.ts';
import { answerAction } from './actions.ts';
import { readAlertPage } from './alert-page.ts';
import { readAlerts } from './alerts.ts';
import type { ApiIo } from './api-io.ts';
import { ranges, readChartData } from './chart-data.ts';
import { readFunnel } from './funnel.ts';
import { readAiLog, readCalibration } from './learning.ts';
import { readLedger } from './ledger.ts';
import { readOpportunities } from './opportunities.ts';
import { readPageData } from './page-data.ts';
import { readMetrics, readPerformanceJson, readTrades } from './performance.ts';
import { readPositions } from './positions.ts';
import type { Reading } from './reading.ts';
import { reader } from './reading.ts';
import { readReport } from './report.ts';
import { readCosts, readJobsPage } from './running.ts';
import { signInRoutes } from './sign-in.ts';
import { readStatus } from './status.ts';
import { readStrategies } from './strategies.ts';
import { csvHeaders, tradesCsv } from './trades-csv.ts';

const MOST_ROWS = 500;
const ROWS = 100;
const BODY_BYTES = 8 * 1024;

type Answer = (reading: Reading, c: Context) => Promise<unknown>;

const answers: Readonly<Record<string, Answer>> = {
  '/api/status': readStatus,
  '/api/performance': readPerformanceJson,
  '/api/metrics': (reading, c) => readMetrics(reading, oneOf(periods, c.req.query('period'), 'all', 'period')),
  '/api/trades': (reading, c) => readTrades(reading, limitOf(c), whole(c.req.query('offset'), 0, 'offset', 0, 1_000_000)),
  '/api/chart-data': (reading, c) => readChartData(reading, oneOf(ranges, c.req.query('range'), '1m', 'range')),
  '/api/alerts': (reading, c) => readAlerts(reading, limitOf(c)),
  '/api/funnel': readFunnel,
  '/api/positions': readPositions,
  '/api/strategies': readStrategies,
  '/api/calibration': readCalibration,
  '/api/ai': readAiLog,
  '/api/report': readReport,
  '/api/opportunities': readOpportunities,
  '/api/costs': readCosts,
  '/api/jobs': readJobsPage,
  '/api/ledger': readLedger,
};

/** The page, its data and its buttons: one value for Lambda, the local runner and tests. */
export function api(io: ApiIo): Hono {
  const app = new Hono();
  const read = reader(io);
  const readingOf = (c: Context) => read(oneOf(books, c.req.query('book'), io.settings.mode, 'book'));
  app.use(secureHeaders(), compress(), knownHost(io.access));
  // Before the ETags: a stream has no end to take a digest of.
  const { updates } = io.settings;
  if (updates !== 'poll') app.get('/api/events', (c) => updates(c, () => readingOf(c)));
  app.use(etag());
  app.get('/', async (c) => c.html(page(await readPageData(readingOf(c), actionToken(io.access), zoneOf(c, io)))));
  app.get('/a/:moment{[0-9a-z]{6,10}}', async (c) => c.html(alertPage(await readAlertPage(read, c.req.param('moment')))));
  addAssets(app, io);
  if (io.access.signIn) app.route('/auth', signInRoutes(io.access.signIn, io.assets.style));
  for (const [path, answer] of Object.entries(answers)) app.get(path, async (c) => c.json(await answer(readingOf(c), c)));
  app.get('/api/trades.csv', async (c) => c.body(tradesCsv(await readingOf(c).history()), 200, csvHeaders));
  app.post('/api/actions/:name', bodyLimit({ maxSize: BODY_BYTES, onError: tooLarge }), (c) => answerAction(c, io));
  app.notFound((c) => c.json({ error: `${c.req.method} ${c.req.path} is nothing here`, fix: 'open /, or see docs/api.md' }, 404));
  app.onError((error, c) => {
    if (error instanceof WrongQuery) return c.json({ error: error.message, fix: error.fix }, 400);
    return c.json({ error: error.message, fix: 'run pilot doctor' }, 503);
  });
  return app;
}

function tooLarge(c: Context): Response {
  return c.json({ error: `body: larger than ${BODY_BYTES} bytes`, fix: 'send token, word and reason only' }, 413);
}

function addAssets(app: Hono, { assets }: ApiIo): void {
  const { script, style } = assets;
  app.get('/client.js', (c) => c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' }));
  app.get('/style.css', (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/icon/:state', (c) => c.body(icon(c.req.param('state')), 200, { 'content-type': 'image/svg+xml' }));
}

/** A query parameter that cannot be what it says. */
class WrongQuery extends Error {
  readonly fix: string;
  constructor(name: string, value: string, fix: string) {
    super(`${name}: ${value.slice(0, 50)} is not valid`);
    this.name = 'WrongQuery';
    this.fix = fix;
  }
}

function oneOf<T extends string>(known: readonly T[], value: string | undefined, absent: T, name: string): T {
  if (value === undefined) return absent;
  const found = known.find((one) => one === value);
  if (found === undefined) throw new WrongQuery(name, value, `use one of ${known.join(', ')}`);
  return found;
}

function zoneOf(c: Context, { settings }: ApiIo): string {
  const zone = c.req.query('zone') ?? settings.zone;
  if (isZone(zone)) return zone;
  throw new WrongQuery('zone', zone, 'use a name like America/New_York, or UTC');
}

function limitOf(c: Context): number {
  return whole(c.req.query('limit'), ROWS, 'limit', 1, MOST_ROWS);
}

function whole(value: string | undefined, absent: number, name: string, low: number, high: number): number {
  if (value === undefined) return absent;
  const number = /^\d{1,7}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= low && number <= high)) throw new WrongQuery(name, value, `give a whole number from ${low} to ${high}`);
  return number;
}
