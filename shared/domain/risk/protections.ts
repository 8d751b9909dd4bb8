import type { Millis, Usd } from '../money.ts';
import type { Trade } from '../position.ts';

/** Why a market, series or category, or everything, may not be entered for a while. Modelled on freqtrade's protections. */
export interface Lock {
  readonly scope: 'market' | 'series' | 'category' | 'all';
  readonly name: string;
  readonly until: Millis;
  readonly why: string;
}

export interface ProtectionSettings {
  /** After a trade closes, its market rests this long. */
  readonly cooldownHours: number;
  /** This many stops within the window lock everything. */
  readonly stopGuard: { readonly stops: number; readonly windowHours: number; readonly lockHours: number };
  /** A series, or a category, that lost this much over the window is locked. */
  readonly lowProfit: { readonly series: Usd; readonly category: Usd; readonly windowHours: number; readonly lockHours: number };
}

const HOUR: Millis = 3_600_000;

/** The last answer for some trades: many markets ask at the same moment. */
const answers = new WeakMap<
  readonly Trade[],
  { readonly now: Millis; readonly settings: ProtectionSettings; readonly locks: readonly Lock[] }
>();

/** Locks in force at `now`, from trades that had closed by then. */
export function locksAt(trades: readonly Trade[], now: Millis, settings: ProtectionSettings): readonly Lock[] {
  const last = answers.get(trades);
  if (last?.now === now && last.settings === settings) return last.locks;
  const { cooldownHours, stopGuard: guard, lowProfit: low } = settings;
  const reach = Math.max(cooldownHours, guard.windowHours + guard.lockHours, low.windowHours + low.lockHours) * HOUR;
  const recent = trades.filter(({ closedAt }) => now - closedAt <= reach);
  const all = [...cooldowns(recent, settings), ...stopGuard(recent, settings), ...lowProfit(recent, now, settings)];
  const locks = all.filter((lock) => lock.until > now);
  answers.set(trades, { now, settings, locks });
  return locks;
}

/** The lock that covers a market, if one does. */
export function lockOn(
  locks: readonly Lock[],
  market: { readonly ticker: string; readonly series: string; readonly category?: string },
): Lock | undefined {
  return locks.find(({ scope, name }) => {
    if (scope === 'all') return true;
    if (scope === 'market') return name === market.ticker;
    return scope === 'series' ? name === market.series : name === market.category;
  });
}

function cooldowns(trades: readonly Trade[], { cooldownHours }: ProtectionSettings): readonly Lock[] {
  return trades.map(({ ticker, closedAt }) => ({
    scope: 'market',
    name: ticker,
    until: closedAt + cooldownHours * HOUR,
    why: `closed a trade here less than ${cooldownHours} h ago`,
  }));
}

function stopGuard(trades: readonly Trade[], { stopGuard: { stops, windowHours, lockHours } }: ProtectionSettings): readonly Lock[] {
  const stopped = trades.filter((trade) => trade.exit === 'stop').sort((a, b) => a.closedAt - b.closedAt);
  return stopped.flatMap((last, index) => {
    const first = stopped[index - stops + 1];
    if (!first || last.closedAt - first.closedAt > windowHours * HOUR) return [];
    return [{ scope: 'all' as const, name: '', until: last.closedAt + lockHours * HOUR, why: `${stops} stops within ${windowHours} h` }];
  });
}

function lowProfit(trades: readonly Trade[], now: Millis, { lowProfit: low }: ProtectionSettings): readonly Lock[] {
  const recent = trades.filter(({ closedAt }) => closedAt >= now - low.windowHours * HOUR);
  return [
    ...losers(recent, 'series', ({ event }) => seriesOf(event), low.series, low),
    ...losers(recent, 'category', ({ category }) => category, low.category, low),
  ];
}

/** Locks on the names whose trades lost too much together. */
function losers(
  trades: readonly Trade[],
  scope: 'series' | 'category',
  nameOf: (trade: Trade) => string | undefined,
  loss: Usd,
  { windowHours, lockHours }: ProtectionSettings['lowProfit'],
): readonly Lock[] {
  const sums = new Map<string, { pnl: number; last: Millis }>();
  for (const trade of trades) {
    const name = nameOf(trade);
    if (name === undefined) continue;
    const sum = sums.get(name) ?? { pnl: 0, last: 0 };
    sums.set(name, { pnl: sum.pnl + trade.pnl, last: Math.max(sum.last, trade.closedAt) });
  }
  return [...sums].flatMap(([name, { pnl, last }]) => {
    if (pnl > -loss) return [];
    return [{ scope, name, until: last + lockHours * HOUR, why: `lost $${(-pnl / 1_000_000).toFixed(2)} within ${windowHours} h` }];
  });
}

/** The series is the event's ticker up to its first dash. */
export function seriesOf(event: string): string {
  const dash = event.indexOf('-');
  return dash === -1 ? event : event.slice(0, dash);
}
