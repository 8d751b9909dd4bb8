import type { ForecastRecord } from '../../shared/domain/forecasting/forecast-record.ts';
import type { Millis, Price, Probability, Usd } from '../../shared/domain/money.ts';
import type { LastDecision } from '../../shared/jobs/last-decision.ts';
import type { Store } from '../../shared/ports/store.ts';
import { anIntent } from '../contract/store-examples.ts';

const MINUTE = 60_000;

/** What the desk thought of last: two signals, one of them refused, a forecast, and an order that still rests. */
export async function addDecisions(store: Store, now: Millis): Promise<void> {
  const at = now - 2 * MINUTE;
  const signal = { strategy: 'dips', side: 'yes', postOnly: true, standardError: 0, row: 0, goodUntil: now } as const;
  const fell = { ...signal, ticker: 'KXNEW-1', fair: 0.57, limit: 5000, reason: 'YES fell 18.0% from 61.0¢ to 50.0¢' };
  const cheap = { ...signal, ticker: 'KXCPI-26DEC', fair: 0.44, limit: 3900, reason: 'YES fell 12.5% from 45.0¢ to 39.5¢' };
  const refused = [{ check: 'affordable', state: 'fail', detail: 'leaves $9.84, reserve $15.00' }];
  const bodies = [
    { signal: fell, sized: { contracts: 300 }, results: [], approved: true },
    { signal: cheap, sized: { contracts: 600 }, results: refused, approved: false },
  ];
  const entries = bodies.map((body, index) => ({ seq: index + 1, at, kind: 'decision' as const, subject: body.signal.ticker, body }));
  await store.journal.append(
    'paper',
    entries.map((entry) => ({ ...entry, previous: entry.seq === 1 ? '' : `h${entry.seq - 1}`, hash: `h${entry.seq}` })),
  );
  const decision: LastDecision = {
    ...{ tick: new Date(at).toISOString(), at, signals: 2, approved: 1, refusals: {}, exits: 0 },
    strategies: {
      dips: { signals: 2, dropped: { noDip: 57 } },
      favourites: { signals: 0, dropped: { price: 59 } },
      directional: { signals: 0, dropped: { edge: 59 } },
    },
  };
  for (const key of ['latest', decision.tick]) await store.records.put('decision', key, decision);
  await store.records.put('ai-forecast', new Date(at).toISOString(), aForecast(at));
  const lease = await store.leases.acquire('trade:paper', 'seed', at, now);
  const intent = anIntent({ ticker: 'KXNEW-1', event: 'KXNEW', strategy: 'dips', decidedAt: now - MINUTE });
  if (lease) await store.orders.reserve('order-1', intent, lease, [], now - MINUTE);
}

function aForecast(at: Millis): ForecastRecord {
  return {
    ...{ ticker: 'KXFED-26DEC', event: 'KXFED', category: 'Economics', at, closesAt: at + 19 * 24 * 60 * MINUTE, horizon: 'long' as never },
    ...{
      strategy: 'directional',
      model: 'grok',
      drafts: [0.6, 0.62] as Probability[],
      critic: 0.58 as Probability,
      raw: 0.6 as Probability,
    },
    ...{ calibrated: 0.59 as Probability, blended: 0.58 as Probability, shadow: 0.59 as Probability, standardError: 0.03, weight: 0 },
    ...{ bid: 5800 as Price, ask: 5900 as Price, mid: 0.585 as Probability, rulesHash: 'r', promptHash: 'p', evidence: [] },
    ...{ sentiment: undefined, gap: undefined, paperOnly: false, cached: false, cost: 11_000 as Usd },
  };
}
