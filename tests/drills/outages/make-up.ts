import type { MarketFacts } from '../../../local/exchange/world/world.ts';
import { recordScan } from '../../../shared/adapters/recordings/scan-recording.ts';
import { s3Blobs } from '../../../shared/adapters/s3/s3-blobs.ts';
import { horizonOf } from '../../../shared/domain/calibration/platt.ts';
import type { ForecastRecord } from '../../../shared/domain/forecasting/forecast-record.ts';
import type { Millis, Price, Probability, Side, Usd } from '../../../shared/domain/money.ts';
import { boardOfRows, type MarketRow } from '../../../shared/domain/rows-board.ts';
import { FORECASTS } from '../../../shared/jobs/forecasting/forecast-market.ts';
import type { OutageDesk } from './outage-desk.ts';

const DAY: Millis = 86_400_000;
const HOUR: Millis = 3_600_000;

/** A forecast so far from the price that directional takes what is asked for this side at the next quarter. */
export async function wanted({ store, time, exchange }: OutageDesk, market: MarketFacts, side: Side = 'yes'): Promise<void> {
  const at = time.now();
  const { bids, asks } = exchange.venue.world.ladder(market, at, 1);
  const [bid, ask] = [bids[0]?.price ?? (0 as Price), asks[0]?.price ?? (10_000 as Price)];
  const probability = (side === 'yes' ? 0.97 : 0.03) as Probability;
  const record: ForecastRecord = {
    ...{ ticker: market.ticker, event: market.event.ticker, category: market.event.series.category, at, closesAt: market.closeAt },
    ...{ horizon: horizonOf(market.closeAt - at), strategy: 'directional', model: 'drill', drafts: [probability], critic: undefined },
    ...{ raw: probability, calibrated: probability, blended: probability, shadow: probability, standardError: 0.01, weight: 1 },
    ...{ bid, ask, mid: ((bid + ask) / 20_000) as Probability, rulesHash: '', promptHash: '', evidence: [], sentiment: undefined },
    ...{ gap: undefined, paperOnly: false, cached: false, cost: 0 as Usd },
  };
  await store.records.put(FORECASTS, `${new Date(at).toISOString()}|${market.ticker}`, record);
}

/** Recordings of the day before in which these markets' YES cost half as much again: dips rests in them for the next hours. */
export async function fell({ time, exchange, names }: OutageDesk, markets: readonly MarketFacts[]): Promise<void> {
  const blobs = s3Blobs({ bucket: names.PILOT_RECORDINGS_BUCKET, client: { forcePathStyle: true } });
  const now = time.now();
  const { world } = exchange.venue;
  for (let at = now - DAY; at <= now - DAY + 8 * HOUR; at += HOUR) {
    const rows = markets.map((market) => dearer(market, world.ladder(market, now, 1).bids[0]?.price ?? 5_000, at));
    await recordScan(blobs, new Date(at).toISOString(), (record) => record(boardOfRows(rows, at, { lacks: new Set() })));
  }
}

function dearer({ ticker, event }: MarketFacts, bid: number, at: Millis): MarketRow {
  const then = Math.min(9_700, bid * 1.5);
  const unknown = Number.NaN;
  return {
    ...{ ticker, event: event.ticker, series: event.series.ticker, status: 'active', bid: then, ask: then + 100, quotedAt: at },
    ...{ bidSize: unknown, askSize: unknown, volume: unknown, volume24h: unknown, openInterest: unknown, last: unknown },
    ...{ closeTime: unknown, knownClose: unknown },
    terms: { fee: undefined, priceRanges: undefined, shard: undefined, mutuallyExclusive: undefined },
  };
}
