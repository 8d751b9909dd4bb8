import type { Check } from '../../shared/domain/risk/check.ts';
import { checks } from '../../shared/domain/risk/checks.ts';
import type { ScanStage } from '../../shared/domain/scan/funnel.ts';
import { scanStages, stageSettings } from '../../shared/domain/scan/funnel.ts';
import { strategies } from '../../shared/domain/strategies/strategies.ts';
import { plural, timeText } from '../../shared/domain/words/amounts.ts';
import { dayFunnel } from '../../shared/jobs/day-funnel.ts';
import type { LastDecision } from '../../shared/jobs/last-decision.ts';
import { lastDecision } from '../../shared/jobs/last-decision.ts';
import type { ScanSummary } from '../../shared/jobs/scan.ts';
import type { Config } from '../../shared/system/config/schema.ts';
import { linesText } from './table.ts';
import type { View, ViewIo } from './view.ts';

/** `pilot why`: where the markets of the last scan were dropped, by which setting, and what came closest. */
export async function whyNotView(io: ViewIo): Promise<View> {
  const { store, book, now, zone, config } = io;
  const [scan, day, breaker, decided] = await Promise.all([
    store.records.get('scan-latest', 'scan') as Promise<ScanSummary | undefined>,
    dayFunnel(store, book, now),
    store.breakers.read(book),
    lastDecision(store.records),
  ]);
  if (scan === undefined) return { json: null, text: linesText(['Why no trade?   No scan yet. Run one: pilot run scan']) };
  const stopped = breaker.state === 'active' ? [] : ['', `  New buys are off: the breaker is ${breaker.state}. pilot status says why.`];
  return {
    json: { scan, decided: decided ?? null, day: day ?? null, state: breaker.state },
    text: linesText([
      `Why no trade?   Last scan ${timeText(scan.at, zone)}`,
      ...stopped,
      '',
      ...funnelLines(scan, config),
      '',
      ...strategyLines(scan, decided),
      ...refusalLines(decided),
      '',
      `  ${missText(scan)}`,
      ...(day === undefined
        ? []
        : [`  In the last 24 h: ${plural(day.scans, 'scan')}, ${plural(day.signals, 'signal')}, ${plural(day.orders, 'order')}.`]),
      ...(decided !== undefined && decided.signals > 0 ? [] : [`  Try   pilot scan --dry-run --set ${tryText(scan)}`]),
    ]),
  };
}

/** What each stage dropped, with the setting that moves it. */
export function funnelLines(
  { seen, funnel, candidates }: Pick<ScanSummary, 'seen' | 'funnel' | 'candidates'>,
  config: Pick<Config, 'scan'>,
): readonly string[] {
  const words = stageWords(config);
  const width = Math.max(...Object.values(words).map((text) => text.length));
  const stages = scanStages.filter((stage) => funnel[stage] > 0);
  return [
    `  ${plural(seen, 'open market')}`,
    ...stages.map((stage) =>
      `  ├─ ${String(funnel[stage]).padStart(6)}  ${words[stage].padEnd(width)}  ${stageSettings[stage] ?? ''}`.trimEnd(),
    ),
    `  └─ ${String(candidates).padStart(6)}  left`,
  ];
}

function stageWords({ scan }: Pick<Config, 'scan'>): Readonly<Record<ScanStage, string>> {
  const cents = (dollars: number) => `${Number((dollars * 100).toFixed(2))}`;
  return {
    status: 'not trading',
    quote: 'without a bid or an ask',
    volume: `volume under ${scan.minVolume} contracts`,
    price: `price outside ${cents(scan.priceRange[0])}–${cents(scan.priceRange[1])}¢`,
    spread: `spread ${cents(scan.maxSpread)}¢ or wider`,
    expiry: `closes after ${scan.maxDays} days, or nobody knows when`,
  };
}

/** Each strategy looks at all markets with filters of its own; what its conditions say of those left, trade knows. */
function strategyLines({ strategies: found }: ScanSummary, decided: LastDecision | undefined): readonly string[] {
  return strategies.flatMap(({ name, stages }) => {
    const [scanned, traded] = [found[name], decided?.strategies[name]];
    if (scanned === undefined) return [];
    const counts = stages.map(
      (stage) => [stage.name, (stage.kind === 'filter' ? scanned : (traded ?? scanned)).dropped[stage.name] ?? 0] as const,
    );
    const why = counts.flatMap(([stage, count]) => (count > 0 ? [`${stage} ${count}`] : [])).join(', ');
    return [`  ${name.padEnd(12)} ${plural((traded ?? scanned).signals, 'signal')}${why === '' ? '' : `; dropped by ${why}`}`];
  });
}

/** Which checks of the gate refused the last signals, what they said, and what to do about it. */
function refusalLines(decided: LastDecision | undefined): readonly string[] {
  if (decided === undefined || decided.signals === 0) return [];
  const refused = Object.entries(decided.refusals).toSorted(([, a], [, b]) => b.count - a.count);
  return [
    '',
    `  ${plural(decided.signals, 'signal')} of the last trade: ${decided.approved} approved${decided.repegged ? `, ${decided.repegged} for a better price of an order that rests` : ''}${refused.length === 0 ? '' : '; refused by'}`,
    ...refused.map(
      ([check, { count, detail }]) => `  ✗ ${String(count).padStart(4)}  ${check.padEnd(14)} ${detail.replace(/\.$/, '')}. ${fixOf(check)}`,
    ),
  ];
}

function fixOf(check: string): string {
  const known: Check | undefined = Object.entries(checks).find(([name]) => name === check)?.[1];
  return `Fix: ${known?.fix ?? 'nothing: the stake is too small for a whole contract'}`;
}

function missText({ nearest }: ScanSummary): string {
  if (nearest === undefined) return 'No market came near the filters.';
  const { ticker, stage, value, needs, setting } = nearest;
  return `Nearest miss: ${ticker} (${stage} ${rounded(value)}, needs ${rounded(needs)}; ${setting}).`;
}

/** The stage that dropped most, moved to the nearest miss where that is known. */
function tryText({ nearest }: ScanSummary): string {
  if (nearest?.stage === 'volume') return `scan.minVolume=${Math.floor(nearest.value)}`;
  if (nearest?.stage === 'spread') return `scan.maxSpread=${rounded(nearest.value + 0.01)}`;
  if (nearest?.stage === 'expiry') return `scan.maxDays=${Math.ceil(nearest.value)}`;
  return nearest?.stage === 'price' ? "'scan.priceRange=[0.1,0.9]'" : 'scan.minVolume=300';
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}
