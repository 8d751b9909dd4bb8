import type { Board } from '../domain/board.ts';
import type { Decision } from '../domain/decide.ts';
import type { Millis } from '../domain/money.ts';
import { strategies } from '../domain/strategies/strategies.ts';
import type { Strategy, StrategyView } from '../domain/strategies/strategy.ts';
import type { RecordStore } from '../ports/store.ts';

/** What the last trade tick made of the scan's candidates: by strategy, and why orders were refused. */
export interface LastDecision {
  readonly tick: string;
  readonly at: Millis;
  readonly strategies: Readonly<Record<string, { readonly signals: number; readonly dropped: Readonly<Record<string, number>> }>>;
  readonly signals: number;
  readonly approved: number;
  /** Better prices for orders that rest. */
  readonly repegged?: number;
  /** Checks that refused, and signals too small to order: how many they stopped, and what the first of them said. */
  readonly refusals: Readonly<Record<string, { readonly count: number; readonly detail: string }>>;
  readonly exits: number;
}

/** A decision with what it was made from. */
export interface Decided {
  readonly decision: Decision;
  readonly board: Board;
  readonly view: StrategyView;
  readonly tick: string;
}

const KIND = 'decision';
const KEY = 'latest';
const KEPT_DAYS = 3;

/** Kept so that people can be told why it did or did not trade, without reading the journal. */
export async function keepDecision(records: RecordStore, { decision, board, view, tick }: Decided): Promise<void> {
  const { considered, exits } = decision;
  const refusals = refusalsOf(considered);
  const byStrategy = strategies.map((strategy) => [strategy.name, tally(strategy, board, view)] as const);
  const approved = considered.filter(({ verdict }) => verdict?.approved).length;
  const kept: LastDecision = {
    tick,
    at: board.at,
    strategies: Object.fromEntries(byStrategy),
    signals: considered.length,
    approved,
    repegged: considered.filter(({ repeg }) => repeg?.verdict.approved).length,
    refusals,
    exits: exits.length,
  };
  await records.put(KIND, KEY, kept);
  await records.put(KIND, tick, kept, { expiresAt: board.at + KEPT_DAYS * 86_400_000 });
}

/** Every decision of a stretch of time, by the tick it was made for. */
export async function decisionsBetween(records: RecordStore, from: Millis, to: Millis): Promise<readonly LastDecision[]> {
  const found = await records.list(KIND, { from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  return found.map(({ body }) => body as LastDecision);
}

function refusalsOf(considered: Decision['considered']): LastDecision['refusals'] {
  const refusals: Record<string, { readonly count: number; readonly detail: string }> = {};
  for (const { verdict, repeg } of considered) {
    const asked = repeg?.verdict ?? verdict;
    if (asked?.approved) continue;
    for (const { check, detail } of asked?.because ?? [{ check: 'size', detail: 'less than one contract' }]) {
      refusals[check] = { detail: refusals[check]?.detail ?? detail, count: (refusals[check]?.count ?? 0) + 1 };
    }
  }
  return refusals;
}

/** Where each market of the board left a strategy's funnel. */
function tally({ stages, judge }: Strategy, board: Board, view: StrategyView): LastDecision['strategies'][string] {
  const counts = new Uint32Array(stages.length);
  let signals = 0;
  for (let row = 0; row < board.rows; row++) {
    const found = judge(board, row, view);
    if (typeof found === 'number') counts[found] = (counts[found] ?? 0) + 1;
    else signals += 1;
  }
  return { signals, dropped: Object.fromEntries(stages.map(({ name }, index) => [name, counts[index] ?? 0])) };
}

/** Undefined before the first trade tick. */
export async function lastDecision(records: RecordStore): Promise<LastDecision | undefined> {
  return (await records.get(KIND, KEY)) as LastDecision | undefined;
}
