import type { Board } from '../board.ts';
import { doubleMid, heldQuote } from '../board.ts';
import { snapHeldDown, tickAt } from '../market.ts';
import type { Price, Probability, Side } from '../money.ts';
import { scanStage, scanStages, stageSettings } from '../scan/funnel.ts';
import type { Signal } from '../signal.ts';
import type { Stage, Strategy, StrategyView } from './strategy.ts';

export interface DipSettings {
  /** Fall of a side's mid against a day or a week ago, as a share of it. */
  readonly minDrop: number;
  /** Share of the fall that is expected to come back: the strategy's claim, unproven. */
  readonly recovery: number;
  /** A fall that siblings of the event gained by this share or more is information, not a dip; 1 turns it off. */
  readonly siblingShare: number;
  /** An order that has not filled by then lapses. */
  readonly goodForMinutes: number;
}

const filters: readonly Stage[] = scanStages.map((name) => {
  const setting = stageSettings[name];
  return { name, kind: 'filter', ...(setting === undefined ? {} : { setting }) };
});
const stages: readonly Stage[] = [
  ...filters,
  { name: 'history', kind: 'condition' },
  { name: 'drop', kind: 'condition', setting: 'strategies.dips.minDrop' },
  { name: 'explained', kind: 'condition', setting: 'strategies.dips.siblingShare' },
  { name: 'tick', kind: 'condition' },
];
const HISTORY = filters.length;
const DROP = HISTORY + 1;
const EXPLAINED = HISTORY + 2;
const TICK = HISTORY + 3;

/** Buys a side that fell, hoping that part of the fall comes back. Source: seed 003; algorithms B11. */
export const dips: Strategy = {
  name: 'dips',
  about: 'buys a side after a fall of 10 % or more in a day or a week, at mid plus half a tick, never crossing',
  evidence: 'Unproven: the back-test it is known for looked ahead. Paper until its own record says otherwise.',
  stages,
  judge: judgeDip,
};

/** A side's mid then and now, in ten-thousandths, and the window it fell in. */
interface Fall {
  readonly side: Side;
  readonly before: number;
  readonly now: number;
  readonly window: 'day' | 'week';
}

function judgeDip(board: Board, row: number, view: StrategyView): number | Signal {
  const stage = scanStage(board, row, view.scan, board.knownClose(row));
  if (stage < scanStages.length) return stage;
  const mid = doubleMid(board, row) / 2;
  const day = board.dayAgo(row);
  const week = board.weekAgo(row);
  if (Number.isNaN(day) && Number.isNaN(week)) return HISTORY;
  const { minDrop, siblingShare } = view.dips;
  const fall = fallOf(day, mid, 'day', minDrop) ?? fallOf(week, mid, 'week', minDrop);
  if (!fall) return DROP;
  if (siblingShare < 1 && gainOfSiblings(board, row, fall) >= siblingShare * (fall.before - fall.now)) return EXPLAINED;
  return dipSignal(board, row, fall, view) ?? TICK;
}

/** The side that fell by the share asked for, if one did; NaN never does. */
function fallOf(before: number, now: number, window: 'day' | 'week', minDrop: number): Fall | undefined {
  if (before - now >= minDrop * before) return { side: 'yes', before, now, window };
  if (now - before >= minDrop * (10_000 - before)) return { side: 'no', before: 10_000 - before, now: 10_000 - now, window };
  return undefined;
}

/** What the event's other markets gained since the same hour, in the falling side's terms: then the outcome moved on. */
function gainOfSiblings(board: Board, row: number, { side, window }: Fall): number {
  let gained = 0;
  for (const sibling of board.siblings(row)) {
    if (sibling === row) continue;
    const before = window === 'day' ? board.dayAgo(sibling) : board.weekAgo(sibling);
    const now = doubleMid(board, sibling) / 2;
    if (!Number.isNaN(before) && !Number.isNaN(now)) gained += now - before;
  }
  return side === 'yes' ? gained : -gained;
}

/** Entry at the mid plus half a tick, on the grid, and at least a tick under the ask so that it rests. */
function dipSignal(board: Board, row: number, { side, before, now }: Fall, view: StrategyView): Signal | undefined {
  const { priceRanges } = board.terms(row);
  const { ask } = heldQuote(board, row, side);
  const tick = tickAt(now, side, priceRanges);
  if (tick === undefined || ask === undefined) return undefined;
  const limit = snapHeldDown(Math.min(now + tick / 2, ask - tick) as Price, side, priceRanges);
  if (limit === undefined) return undefined;
  return {
    strategy: 'dips',
    row,
    ticker: board.ticker[row] ?? '',
    side,
    fair: ((now + view.dips.recovery * (before - now)) / 10_000) as Probability,
    standardError: 0,
    limit,
    postOnly: true,
    reason: `${side.toUpperCase()} fell ${((1 - now / before) * 100).toFixed(1)}% from ${cents(before)} to ${cents(now)}`,
    goodUntil: board.at + view.dips.goodForMinutes * 60_000,
  };
}

function cents(price: number): string {
  return `${(price / 100).toFixed(1)}¢`;
}
