import type { Fill } from '../../../shared/domain/fill.ts';
import type { LedgerEntry } from '../../../shared/domain/ledger.ts';
import { emptyLedger, post } from '../../../shared/domain/ledger.ts';
import type { EquityPoint } from '../../../shared/domain/metrics/mark.ts';
import type { PerformanceInput } from '../../../shared/domain/metrics/performance-input.ts';
import type { Contracts, Price, Usd } from '../../../shared/domain/money.ts';
import { ONE_DOLLAR } from '../../../shared/domain/money.ts';
import type { Trade } from '../../../shared/domain/position.ts';

export const usd = (dollars: number) => Math.round(dollars * ONE_DOLLAR) as Usd;
export const cents = (price: number) => Math.round(price * 100) as Price;
export const lots = (count: number) => Math.round(count * 100) as Contracts;
export const NOW = Date.parse('2026-11-20T19:02:00Z');
export const DAY = 86_400_000;

export function deposit(dollars: number, at: number, id = `deposit-${at}`): LedgerEntry {
  return { kind: 'deposit', id, at, amount: usd(dollars) };
}

/** A fill of one of the strategies' orders, unless `origin` is taken away. */
export function fillOf(more: Partial<Fill> & Pick<Fill, 'ticker' | 'at'>): { readonly kind: 'fill' } & Fill {
  return {
    kind: 'fill',
    id: `${more.ticker}-${more.at}-${more.action ?? 'buy'}`,
    book: 'paper',
    orderId: 'order',
    event: more.ticker.split('-').slice(0, 2).join('-'),
    side: 'yes',
    action: 'buy',
    price: cents(50),
    count: lots(10),
    fee: usd(0),
    role: 'taker',
    origin: { intent: `intent-${more.ticker}`, strategy: 'dip', purpose: more.action === 'sell' ? 'take-profit' : 'entry' },
    ...more,
  };
}

export function book(entries: readonly LedgerEntry[]) {
  let ledger = emptyLedger;
  const trades: Trade[] = [];
  for (const entry of entries) {
    const posted = post(ledger, entry);
    ledger = posted.ledger;
    trades.push(...posted.closed);
  }
  return { ledger, trades };
}

export function performanceOf(entries: readonly LedgerEntry[], more: Partial<PerformanceInput> = {}): PerformanceInput {
  const executions = entries.flatMap((entry) => (entry.kind === 'fill' ? [{ fill: entry, quoted: undefined }] : []));
  return { now: NOW, zone: 'America/New_York', ...book(entries), marks: new Map(), executions, equity: [], held: usd(0), ...more };
}

/** A closed trade without the fills behind it, won or lost by `pnl` dollars. */
export function tradeOf(pnl: number, more: Partial<Trade> = {}): Trade {
  const cost = usd(5);
  return {
    ticker: 'KXFED-26DEC-T3.75',
    event: 'KXFED-26DEC',
    category: 'Economics',
    strategy: 'dip',
    intent: 'intent',
    side: 'yes',
    count: lots(10),
    cost,
    fees: usd(0),
    proceeds: (cost + usd(pnl)) as Usd,
    pnl: usd(pnl),
    openedAt: NOW - DAY,
    closedAt: NOW - 3_600_000,
    exit: 'settled',
    ...more,
  };
}

/** One marked point a day at noon UTC, the last one `NOW`'s eve. */
export function dailyPoints(equities: readonly (number | undefined)[], deposits: (index: number) => number = () => 1000): EquityPoint[] {
  const last = Date.parse('2026-11-19T17:00:00Z');
  return equities.map((equity, index) => ({
    at: last - (equities.length - 1 - index) * DAY,
    equity: equity === undefined ? undefined : usd(equity),
    deposits: usd(deposits(index)),
    realised: usd(0),
  }));
}
