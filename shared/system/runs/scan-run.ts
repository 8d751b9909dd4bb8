import { recordScan } from '../../adapters/recordings/scan-recording.ts';
import type { MarketCalibration } from '../../domain/calibration/market-calibration.ts';
import { scan } from '../../jobs/scan.ts';
import { strategyView } from '../desk-settings.ts';
import type { Run } from '../handle.ts';
import { openMarket } from '../open-market.ts';
import { openRecordings } from '../open-recordings.ts';

/** As many as the books of four requests. */
const MAX_CANDIDATES = 400;

/** Looks at every open market, keeps what it saw as one blob, and says which are worth a second look. */
export const scanRun: Run = async ({ parts, tick }) => {
  const { store, clock, config } = parts;
  const { marketData: market } = openMarket(parts);
  const calibration = (await store.records.get('calibration', 'market')) as MarketCalibration | undefined;
  const view = strategyView(config, calibration);
  const summary = await recordScan(openRecordings(parts), tick, (record) =>
    scan({ market, clock, records: store.records, view, record, maxCandidates: MAX_CANDIDATES }, tick),
  );
  return {
    seen: summary.seen,
    funnel: summary.funnel,
    candidates: summary.candidates,
    looked: summary.tickers.length,
    leftOut: summary.leftOut,
  };
};
