import { tradeJson } from './performance.ts';
import type { History } from './reading.ts';

const columns = [
  'closedAt',
  'ticker',
  'event',
  'strategy',
  'side',
  'count',
  'cost',
  'proceeds',
  'fees',
  'pnl',
  'openedAt',
  'exit',
] as const;

export const csvHeaders = {
  'content-type': 'text/csv; charset=utf-8',
  'content-disposition': 'attachment; filename="trades.csv"',
} as const;

/** Every closed trade that is looked back on, last closed first: dollars, contracts, times in UTC. Source: RFC 4180. */
export function tradesCsv({ trades }: Pick<History, 'trades'>): string {
  const rows = trades.map(tradeJson).map((trade) => columns.map((column) => field(trade[column] ?? 'by hand')).join(','));
  return `${[columns.join(','), ...rows].join('\r\n')}\r\n`;
}

/** What a spreadsheet would take for a formula is made text; a negative number is none. */
function field(text: string): string {
  const safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
