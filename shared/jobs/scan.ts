import type { Board } from '../domain/board.ts';
import type { Millis } from '../domain/money.ts';
import type { NearestMiss, ScanStage } from '../domain/scan/funnel.ts';
import { nearestMiss, scanFunnel, scanStages } from '../domain/scan/funnel.ts';
import { strategies } from '../domain/strategies/strategies.ts';
import type { StrategyFunnel, StrategyView } from '../domain/strategies/strategy.ts';
import type { Clock } from '../ports/clock.ts';
import type { MarketData } from '../ports/exchange.ts';
import type { RecordStore } from '../ports/store.ts';

export interface ScanIo {
  readonly market: Pick<MarketData, 'scan'>;
  readonly clock: Clock;
  readonly records: RecordStore;
  readonly view: StrategyView;
  /** Keeps each page for replay and for later scans' past prices. */
  record(page: Board): Promise<void>;
  /** Most candidates that are looked at again before trading. */
  readonly maxCandidates: number;
}

/** What a pass over all open markets found. Counts add up: seen = what each stage dropped + candidates. */
export interface ScanSummary {
  readonly tick: string;
  readonly at: Millis;
  readonly seen: number;
  readonly funnel: Readonly<Record<ScanStage, number>>;
  readonly candidates: number;
  readonly nearest: NearestMiss | undefined;
  readonly strategies: Readonly<Record<string, StrategyFunnel>>;
  /** Markets that passed some strategy's filters, the most traded first. */
  readonly tickers: readonly string[];
  /** How many more there were than are looked at again. */
  readonly leftOut: number;
}

/** A pass over all open markets: funnels with counts, candidates, and a recording. Decides nothing. */
export async function scan(io: ScanIo, tick: string): Promise<ScanSummary> {
  const tally = newTally();
  for await (const page of io.market.scan()) {
    await io.record(page);
    countPage(tally, page, io.view);
  }
  const summary = summarise(tally, tick, io);
  await io.records.put('scan', tick, summary, { expiresAt: summary.at + KEPT });
  await io.records.put('scan-latest', 'scan', summary);
  return summary;
}

/** A month of funnels stays readable. */
const KEPT: Millis = 35 * 86_400_000;

interface Tally {
  seen: number;
  candidates: number;
  readonly funnel: Record<ScanStage, number>;
  nearest: NearestMiss | undefined;
  readonly byStrategy: Map<string, { eligible: number; signals: number; readonly dropped: Uint32Array }>;
  readonly found: { readonly ticker: string; readonly volume: number }[];
}

function newTally(): Tally {
  const [status, quote, volume, price, spread, expiry] = [0, 0, 0, 0, 0, 0];
  const byStrategy = new Map(
    strategies.map(({ name, stages }) => [name, { eligible: 0, signals: 0, dropped: new Uint32Array(stages.length) }]),
  );
  return { seen: 0, candidates: 0, funnel: { status, quote, volume, price, spread, expiry }, nearest: undefined, byStrategy, found: [] };
}

function countPage(tally: Tally, page: Board, view: StrategyView): void {
  const { seen, dropped, candidates } = scanFunnel(page, view.scan);
  tally.seen += seen;
  tally.candidates += candidates.length;
  for (const stage of scanStages) tally.funnel[stage] += dropped[stage];
  tally.nearest = nearer(tally.nearest, nearestMiss(page, view.scan));
  const eligible = new Set<number>();
  for (const { name, stages, judge } of strategies) {
    const count = tally.byStrategy.get(name);
    if (!count) continue;
    const filters = stages.filter(({ kind }) => kind === 'filter').length;
    for (let row = 0; row < page.rows; row++) {
      const found = judge(page, row, view);
      if (typeof found === 'number') count.dropped[found] = (count.dropped[found] ?? 0) + 1;
      else count.signals += 1;
      if (typeof found === 'number' && found < filters) continue;
      count.eligible += 1;
      eligible.add(row);
    }
  }
  for (const row of eligible) tally.found.push({ ticker: page.ticker[row] ?? '', volume: page.volume24h[row] ?? 0 });
}

function nearer(a: NearestMiss | undefined, b: NearestMiss | undefined): NearestMiss | undefined {
  if (!a || !b) return a ?? b;
  const gap = ({ value, needs }: NearestMiss) => Math.abs(value - needs) / needs;
  return gap(b) < gap(a) ? b : a;
}

function summarise(tally: Tally, tick: string, { clock, maxCandidates }: ScanIo): ScanSummary {
  const ranked = [...tally.found].sort((a, b) => (Number.isNaN(b.volume) || Number.isNaN(a.volume) ? 0 : b.volume - a.volume));
  const { seen, funnel, candidates, nearest, byStrategy } = tally;
  return {
    tick,
    at: clock.now(),
    seen,
    funnel: { ...funnel },
    candidates,
    nearest,
    strategies: Object.fromEntries(
      [...byStrategy].map(([name, { eligible, signals, dropped }]) => [name, { eligible, signals, dropped: named(name, dropped) }]),
    ),
    tickers: ranked.slice(0, maxCandidates).map(({ ticker }) => ticker),
    leftOut: Math.max(0, ranked.length - maxCandidates),
  };
}

function named(strategy: string, dropped: Uint32Array): Readonly<Record<string, number>> {
  const stages = strategies.find(({ name }) => name === strategy)?.stages ?? [];
  return Object.fromEntries(stages.map(({ name }, index) => [name, dropped[index] ?? 0]));
}
