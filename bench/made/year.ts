import type { RecordedScan, Recording } from '../../local/replay/recording.ts';
import type { MarketRow } from '../../shared/domain/rows-board.ts';
import { makeQuoteBars, STEP } from './quote-bars.ts';

const YEAR_DAYS = 365;
const YEAR_SCANS = (YEAR_DAYS * 86_400_000) / STEP;
/** A made market lives from three to seventeen days. */
const MEAN_LIFE_DAYS = 10;

/** A year of quotes, a scan every quarter of an hour; as markets end others open, so that about as many are open all the time. */
export function makeYear(open: number, seed: number): Recording {
  const { rows, row, at, bid, ask, size, volume, count, outcomes } = makeQuoteBars((open * YEAR_DAYS) / MEAN_LIFE_DAYS, seed, YEAR_DAYS);
  const scans: RecordedScan[] = [];
  let quoted: MarketRow[] = [];
  for (let bar = 0; bar < count && scans.length < YEAR_SCANS; bar++) {
    const now = at[bar] as number;
    if (quoted[0] && quoted[0].quotedAt !== now) {
      scans.push(scanOf(quoted));
      quoted = [];
    }
    const quote = { bid: bid[bar] as number, ask: ask[bar] as number, bidSize: size[bar] as number, askSize: size[bar] as number };
    const traded = { volume: volume[bar] as number, volume24h: volume[bar] as number, quotedAt: now };
    quoted.push({ ...(rows[row[bar] as number] as MarketRow), ...quote, ...traded });
  }
  return {
    scans,
    outcomes: outcomes.toSorted((a, b) => a.settledAt - b.settledAt),
    lacks: new Set(['shard', 'prohibitions', 'exchangeStatus', 'positionLimit']),
    refused: { crossed: 0, duplicate: 0, 'out-of-order': 0 },
    notes: [],
  };
}

function scanOf(rows: readonly MarketRow[]): RecordedScan {
  const at = rows[0]?.quotedAt ?? 0;
  return { at, text: new Date(at).toISOString(), rows };
}
