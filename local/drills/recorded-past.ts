import { recordScan } from '../../shared/adapters/recordings/scan-recording.ts';
import type { Millis } from '../../shared/domain/money.ts';
import { boardOfRows, type MarketRow } from '../../shared/domain/rows-board.ts';
import type { World } from '../exchange/world/world.ts';
import type { Stage } from './stage.ts';

const HOUR: Millis = 3_600_000;

/** The day before the drill as hourly scans would have recorded it: quotes of the markets that are still open when it begins. */
export async function recordPast({ exchange, recordings, start }: Stage): Promise<void> {
  const { world } = exchange.venue;
  for (let at = start - 24 * HOUR; at <= start; at += HOUR) {
    const rows = quotedAt(world, at, start);
    await recordScan(recordings, new Date(at).toISOString(), (record) => record(boardOfRows(rows, at, { lacks: new Set() })));
  }
}

function quotedAt(world: World, at: Millis, start: Millis): readonly MarketRow[] {
  const rows: MarketRow[] = [];
  for (const [, { ticker: event, series, markets }] of world.events({ createdTo: at, settledFrom: start })) {
    for (const market of markets) {
      const { bids, asks } = world.ladder(market, at, 1);
      if (bids[0] && asks[0]) rows.push(row({ ticker: market.ticker, event, series: series.ticker }, bids[0].price, asks[0].price, at));
    }
  }
  return rows;
}

function row(names: Pick<MarketRow, 'ticker' | 'event' | 'series'>, bid: number, ask: number, at: Millis): MarketRow {
  const unknown = Number.NaN;
  return {
    ...names,
    ...{ status: 'active', bid, ask, quotedAt: at, closeTime: unknown, knownClose: unknown },
    ...{ bidSize: unknown, askSize: unknown, volume: unknown, volume24h: unknown, openInterest: unknown, last: unknown },
    terms: { fee: undefined, priceRanges: undefined, shard: undefined, mutuallyExclusive: undefined },
  };
}
