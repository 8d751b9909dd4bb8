import type { ScanStage } from '../../domain/scan/funnel.ts';
import { scanStages, stageSettings } from '../../domain/scan/funnel.ts';
import type { ScanSummary } from '../../jobs/scan.ts';
import type { FunnelJson } from '../contract/markets.ts';
import type { Reading } from './reading.ts';
import { isoTime, orNull } from './unknown.ts';

const DAY = 86_400_000;
const SCANS_A_DAY = 300;
const ORDERS = 300;

/** How the last scan narrowed all markets down, and what the scans of a day came to. */
export async function readFunnel(reading: Reading): Promise<FunnelJson> {
  const [last, day] = await Promise.all([readLastScan(reading), readDay(reading)]);
  const why = last ? null : 'no scan yet';
  return {
    at: orNull(last?.at, isoTime),
    seen: last?.seen ?? null,
    stages: last
      ? stagesOf(
          last.seen,
          scanStages.map((name) => [name, last.funnel[name], stageSettings[name as ScanStage]] as const),
        )
      : [],
    candidates: last?.candidates ?? null,
    nearest: last?.nearest ?? null,
    day,
    why,
  };
}

/** The last pass over all markets; undefined before the first. */
export async function readLastScan({ io }: Reading): Promise<ScanSummary | undefined> {
  return (await io.store.records.get('scan-latest', 'scan')) as ScanSummary | undefined;
}

/** Stages in order with what each dropped and left. */
export function stagesOf(seen: number, dropped: readonly (readonly [string, number, string | undefined])[]): FunnelJson['stages'] {
  let left = seen;
  return dropped.map(([name, count, setting]) => {
    left -= count;
    return { name, dropped: count, left, setting: setting ?? null };
  });
}

async function readDay({ io, book, now }: Reading): Promise<FunnelJson['day']> {
  const [records, orders] = await Promise.all([
    io.store.records.list('scan', { from: new Date(now - DAY).toISOString(), limit: SCANS_A_DAY }),
    io.store.orders.recent(book, ORDERS),
  ]);
  const scans = records.map(({ body }) => body as ScanSummary);
  const sum = (of: (scan: ScanSummary) => number) => scans.reduce((total, scan) => total + of(scan), 0);
  return {
    scans: scans.length,
    candidates: sum(({ candidates }) => candidates),
    signals: sum(({ strategies }) => Object.values(strategies).reduce((total, { signals }) => total + signals, 0)),
    orders: orders.filter(({ intent }) => intent.decidedAt >= now - DAY).length,
  };
}
