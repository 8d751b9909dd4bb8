import { sha256 } from '../../shared/adapters/crypto/sha256.ts';
import type { MarketCalibration } from '../../shared/domain/calibration/market-calibration.ts';
import { SampleMemory } from '../../shared/domain/calibration/sample-memory.ts';
import { etDay } from '../../shared/domain/et-day.ts';
import { learn } from '../../shared/jobs/learn.ts';
import type { ScanSummary } from '../../shared/jobs/scan.ts';
import { scan } from '../../shared/jobs/scan.ts';
import { sync } from '../../shared/jobs/sync.ts';
import type { Traded } from '../../shared/jobs/trade.ts';
import { trade } from '../../shared/jobs/trade.ts';
import { resumeBook } from '../../shared/jobs/trip-breaker.ts';
import type { Config } from '../../shared/system/config/schema.ts';
import type { ReplayDesk } from './desk.ts';
import { ReplayClock, replayDesk } from './desk.ts';
import type { Watched } from './monitor.ts';
import { Monitor } from './monitor.ts';
import { RecordedMarket } from './recorded-market.ts';
import type { RecordedScan, Recording } from './recording.ts';

export interface ReplayOptions {
  readonly config: Config;
  /** Scans after this time are not replayed. */
  readonly until?: number;
  /** Only these strategies trade; empty is all. */
  readonly only: readonly string[];
}

/** What one scan and everything after it came to. */
export interface ScanLine {
  readonly at: string;
  readonly seen: number;
  readonly funnel: ScanSummary['funnel'];
  readonly candidates: number;
  readonly strategies: Readonly<Record<string, { readonly eligible: number; readonly signals: number }>>;
  readonly signals: number;
  readonly approved: number;
  readonly refused: number;
  readonly exits: number;
  readonly orders: number;
  readonly fills: number;
}

/** The run as it went, for the summary and for people. */
export interface Replayed {
  readonly desk: ReplayDesk;
  readonly market: RecordedMarket;
  /** Time of each scan as the file writes it, by milliseconds. */
  readonly texts: ReadonlyMap<number, string>;
  readonly scans: number;
  readonly halts: number;
  readonly settledMarkets: number;
  readonly funnels: ReadonlyMap<string, Readonly<Record<string, number>>>;
  readonly notApplicable: ReadonlySet<string>;
  readonly watched: Watched;
}

interface State {
  halts: number;
  settledMarkets: number;
  learnedOn: string | undefined;
  calibration: MarketCalibration | undefined;
  readonly samples: SampleMemory;
  readonly funnels: Map<string, Record<string, number>>;
  readonly notApplicable: Set<string>;
}

/** Replays a recording scan by scan through the jobs that also run live. Lines come as they happen. */
export async function* replay(recording: Recording, { config, until, only }: ReplayOptions): AsyncGenerator<ScanLine, Replayed> {
  const clock = new ReplayClock();
  const market = new RecordedMarket(recording);
  clock.set(recording.scans[0]?.at ?? 0);
  const desk = replayDesk(config, market, clock, only);
  const monitor = new Monitor(config, { store: desk.store, market, clock });
  const state: State = {
    halts: 0,
    settledMarkets: 0,
    learnedOn: undefined,
    calibration: undefined,
    samples: new SampleMemory(),
    funnels: new Map(),
    notApplicable: new Set(),
  };
  const texts = new Map<number, string>();
  for (const [index, recorded] of recording.scans.entries()) {
    if (until !== undefined && recorded.at > until) break;
    clock.set(recorded.at);
    texts.set(recorded.at, recorded.text);
    const { board, ended } = market.advance(index);
    state.settledMarkets += ended.length;
    for (const outcome of ended) state.samples.settle(outcome);
    yield await step(recorded, { desk, market, config, clock, state, monitor });
    state.samples.observe(board);
  }
  const { halts, settledMarkets, funnels, notApplicable } = state;
  return { desk, market, texts, scans: texts.size, halts, settledMarkets, funnels, notApplicable, watched: monitor.watched() };
}

interface Context {
  readonly desk: ReplayDesk;
  readonly market: RecordedMarket;
  readonly config: Config;
  readonly clock: ReplayClock;
  readonly state: State;
  readonly monitor: Monitor;
}

/** One tick: sync, a new day's learning, scan, trade, sync again for what filled at once, and the jobs that watch. */
async function step(recorded: RecordedScan, context: Context): Promise<ScanLine> {
  const { desk, market, clock, state, monitor } = context;
  const tick = new Date(recorded.at).toISOString();
  await newDay(context);
  const before = await sync(desk.sync, 'paper');
  const view = desk.view(state.calibration);
  const summary = await scan(
    { market, clock, records: desk.store.records, view, record: async () => {}, maxCandidates: Number.POSITIVE_INFINITY },
    tick,
  );
  const traded = await trade(desk.trade(state.calibration), tick, summary.tickers);
  const after = traded.executed.length === 0 ? undefined : await sync(desk.sync, 'paper');
  for (const { breaker } of [before, ...(after ? [after] : [])]) {
    if (breaker?.state === 'halted') state.halts += 1;
    if (breaker) await monitor.stopped();
  }
  await monitor.tick(recorded.at);
  remember(state, summary, traded);
  return lineOf(recorded.text, summary, traded, before.fills.length + (after?.fills.length ?? 0));
}

/** Each day in New York begins with a refit and, unless told to stay, ends yesterday's halt. */
async function newDay({ desk, config, clock, state }: Context): Promise<void> {
  const now = clock.now();
  const today = etDay(now);
  if (state.learnedOn === today) return;
  state.learnedOn = today;
  const { store } = desk;
  const settings = { strength: config.learn.strength, minEvents: config.learn.minEvents, clamp: config.strategies.favourites.clamp };
  state.calibration = await learn({ records: store.records, clock, settings, samples: async () => state.samples.samples() });
  const breaker = await store.breakers.read('paper');
  if (breaker.state !== 'halted' || config.breaker.replay === 'stay') return;
  await resumeBook({ store, digest: sha256 }, 'paper', { reason: 'a new day of the replay', name: 'replay' }, now);
}

function remember(state: State, summary: ScanSummary, { decision }: Traded): void {
  for (const [name, { dropped }] of Object.entries(summary.strategies)) {
    const total = state.funnels.get(name) ?? {};
    for (const [stage, count] of Object.entries(dropped)) total[stage] = (total[stage] ?? 0) + count;
    state.funnels.set(name, total);
  }
  for (const { verdict, sized } of decision.considered) {
    for (const { check, state: answer } of verdict?.results ?? []) if (answer === 'not-applicable') state.notApplicable.add(check);
    for (const { name, limit } of sized?.caps ?? []) if (limit === 'not-applicable') state.notApplicable.add(`cap ${name}`);
  }
}

function lineOf(at: string, summary: ScanSummary, { decision, executed }: Traded, fills: number): ScanLine {
  const { considered, exits } = decision;
  const approved = considered.filter(({ verdict }) => verdict?.approved !== undefined).length;
  return {
    at,
    seen: summary.seen,
    funnel: summary.funnel,
    candidates: summary.candidates,
    strategies: Object.fromEntries(
      Object.entries(summary.strategies).map(([name, { eligible }]) => [
        name,
        { eligible, signals: considered.filter(({ signal }) => signal.strategy === name).length },
      ]),
    ),
    signals: considered.length,
    approved,
    refused: considered.filter(({ verdict, repeg }) => !(verdict ?? repeg?.verdict)?.approved).length,
    exits: exits.length,
    orders: executed.filter((one) => 'receipt' in one).length,
    fills,
  };
}
