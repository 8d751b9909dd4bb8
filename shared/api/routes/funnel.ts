import type { ScanStage } from '../../domain/scan/funnel.ts';
import { scanStages, stageSettings } from '../../domain/scan/funnel.ts';
import { dayFunnel } from '../../jobs/day-funnel.ts';
import type { ScanSummary } from '../../jobs/scan.ts';
import type { FunnelJson } from '../contract/markets.ts';
import type { Reading } from './reading.ts';
import { isoTime, orNull } from './unknown.ts';

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

/** Signals are those trade saw: a scan knows no past prices, so it gives fewer. */
async function readDay({ io, book, now }: Reading): Promise<FunnelJson['day']> {
  const day = await dayFunnel(io.store, book, now);
  return { scans: day?.scans ?? 0, candidates: day?.candidates ?? 0, signals: day?.signals ?? 0, orders: day?.orders ?? 0 };
}
