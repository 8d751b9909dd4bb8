import type { Board } from '../../shared/domain/board.ts';
import type { ScanStage } from '../../shared/domain/scan/funnel.ts';
import { scanFunnel, scanStages } from '../../shared/domain/scan/funnel.ts';
import { plural, timeText } from '../../shared/domain/words/amounts.ts';
import { makeConfig } from '../../shared/system/config/config.ts';
import { scanSettings } from '../../shared/system/config/domain-settings.ts';
import type { Config } from '../../shared/system/config/schema.ts';
import { linesText, tableText } from './table.ts';
import type { View } from './view.ts';
import { isoTime } from './view.ts';
import { funnelLines } from './why-not.ts';

const SHOWN = 10;

interface Totals {
  seen: number;
  candidates: number;
  readonly funnel: Record<ScanStage, number>;
  readonly tickers: string[];
}

/** `pilot scan --dry-run`: what the last recorded scan would have kept with these settings, beside the defaults. */
export function whatIfView(pages: readonly Board[], at: number, config: Config, zone: string): View {
  const totals = countAll(pages, config);
  const standard = countAll(pages, makeConfig({}));
  const { seen, funnel, candidates, tickers } = totals;
  return {
    json: {
      at: isoTime(at),
      seen,
      funnel,
      candidates,
      tickers,
      withDefaults: { funnel: standard.funnel, candidates: standard.candidates },
    },
    text: linesText([
      `What if?   The scan of ${timeText(at, zone)} with these settings; nothing is ordered`,
      '',
      ...funnelLines({ seen, funnel, candidates }, config),
      '',
      `  With the defaults: ${plural(standard.candidates, 'candidate')}.`,
      ...(tickers.length === 0
        ? []
        : [
            '',
            ...tableText(
              [{ title: 'Candidates' }],
              tickers.slice(0, SHOWN).map((ticker) => [ticker]),
            ),
          ]),
      ...(tickers.length > SHOWN ? [`  and ${tickers.length - SHOWN} more: --json lists them`] : []),
    ]),
  };
}

function countAll(pages: readonly Board[], config: Config): Totals {
  const settings = scanSettings(config);
  const [status, quote, volume, price, spread, expiry] = [0, 0, 0, 0, 0, 0];
  const totals: Totals = { seen: 0, candidates: 0, funnel: { status, quote, volume, price, spread, expiry }, tickers: [] };
  for (const page of pages) {
    const { seen, dropped, candidates } = scanFunnel(page, settings);
    totals.seen += seen;
    totals.candidates += candidates.length;
    for (const stage of scanStages) totals.funnel[stage] += dropped[stage];
    for (const row of candidates) totals.tickers.push(page.ticker[row] ?? '');
  }
  return totals;
}
