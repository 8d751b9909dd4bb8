import { recordCandidates } from '../../adapters/recordings/candidate-recording.ts';
import { loadPast } from '../../adapters/recordings/load-past.ts';
import { loadScan } from '../../adapters/recordings/load-scan.ts';
import type { MarketCalibration } from '../../domain/calibration/market-calibration.ts';
import { ownRows, withSiblings } from '../../domain/with-siblings.ts';
import { loadForecasts } from '../../jobs/forecasting/load-forecasts.ts';
import type { ScanSummary } from '../../jobs/scan.ts';
import { trade } from '../../jobs/trade.ts';
import { type Note, writeJournal } from '../../jobs/write-journal.ts';
import { deskSettings, strategyView } from '../desk-settings.ts';
import type { Run } from '../handle.ts';
import { openBooks } from '../open-books.ts';
import { openRecordings } from '../open-recordings.ts';
import { runTickers } from '../run-tickers.ts';
import { shardTrades } from '../shard-trades.ts';
import { withPast } from '../with-past.ts';

const MINUTE = 60_000;

/** Decides on the candidates of this tick's scan and on what is held, and sends what the gate approved. */
export const tradeRun: Run = async ({ parts, tick, payload, log }) => {
  const { store, clock, config } = parts;
  const only = runTickers(payload);
  const now = clock.now();
  const since = now - config.strategies.directional.maxForecastMinutes * MINUTE;
  const [{ market, books }, summary, calibration, forecasts] = await Promise.all([
    openBooks(parts),
    store.records.get('scan', tick) as Promise<ScanSummary | undefined>,
    store.records.get('calibration', 'market') as Promise<MarketCalibration | undefined>,
    loadForecasts(store.records, since, now),
  ]);
  if (!summary) log.warn('no scan for this tick: only what is held is looked at', { tick });
  const blobs = openRecordings(parts);
  const [past, scanned, status] = await Promise.all([loadPast(blobs, now), loadScan(blobs, tick), market.status()]);
  // Why a market was not entered must be readable afterwards, also by who did not start this run.
  for (const { book } of only ? books : []) await writeJournal({ ...parts, journal: store.journal }, book, now, [narrowed(tick, only)]);
  const desk = deskSettings(config);
  const { executed, cancelled, amended, decision } = await trade(
    {
      ...parts,
      ...desk,
      limits: { ...desk.limits, only },
      market,
      mode: config.mode,
      view: strategyView(config, calibration, forecasts),
      brokers: new Map(books.map(({ book, broker }) => [book, broker])),
      shardOpen: (shard) => shardTrades(status, shard),
      withPast: (board) => withPast(withSiblings(board, scanned), past),
      record: (board) => recordCandidates({ blobs, market }, ownRows(board), tick),
    },
    tick,
    summary?.tickers ?? [],
  );
  const approved = decision.considered.filter(({ verdict }) => verdict?.approved).length;
  return {
    signals: decision.considered.length,
    approved,
    exits: decision.exits.length,
    orders: executed.length,
    cancelled: cancelled.length,
    repegged: amended.length,
    ...(only === undefined ? {} : { only }),
  };
};

function narrowed(tick: string, only: readonly string[] | undefined): Note {
  return { kind: 'run-tickers', subject: tick, body: { only } };
}
