import { contractsText, priceText, usdText } from '../../shared/domain/money.ts';
import { HISTORY } from '../../shared/jobs/alerts/deliver-alerts.ts';
import { equityHistory } from '../../shared/jobs/equity-history.ts';
import { csvText } from './table.ts';
import { tradesView } from './trades.ts';
import type { ViewIo } from './view.ts';
import { isoTime, orNull } from './view.ts';

type Row = Readonly<Record<string, unknown>>;

/** What can be taken along. Adding a line adds an export. */
export const exports = {
  trades: async (io) => (await tradesView(io, undefined)).json as readonly Row[],
  ledger: ledgerRows,
  equity: equityRows,
  orders: orderRows,
  journal: journalRows,
  alerts: async ({ store }) => (await store.records.list(HISTORY)).map(({ key, body }) => ({ key, ...(body as Row) })),
  reports: async ({ store }) => (await store.records.list('report')).map(({ key, body }) => ({ key, ...(body as Row) })),
} as const satisfies Record<string, (io: ViewIo) => Promise<readonly Row[]>>;
export type ExportName = keyof typeof exports;

/** Rows as CSV: a column for every field that any row has; what is no text or number is JSON, what is absent is empty. */
export function rowsCsv(rows: readonly Row[]): string {
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (fields.length === 0) return '';
  return csvText(
    fields,
    rows.map((row) => fields.map((field) => cell(row[field]))),
  );
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}

async function ledgerRows({ store, book }: ViewIo): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const entry of store.ledger.entries(book)) {
    const { kind, id } = entry;
    const head = { at: isoTime(entry.at), kind, id };
    if (entry.kind === 'deposit') rows.push({ ...head, amount: usdText(entry.amount) });
    else if (entry.kind === 'settlement') rows.push({ ...head, ticker: entry.ticker, yesValue: usdText(entry.yesValue) });
    else {
      const { ticker, side, action, count, price, fee, role, orderId } = entry;
      const strategy = entry.origin?.strategy ?? null;
      rows.push({
        ...{ ...head, ticker, side, action, role, orderId, strategy },
        ...{ count: contractsText(count), price: priceText(price), fee: usdText(fee) },
      });
    }
  }
  return rows;
}

async function equityRows({ store, book, now }: ViewIo): Promise<readonly Row[]> {
  return (await equityHistory(store, book, now)).map(({ at, equity, deposits, realised }) => ({
    at: isoTime(at),
    equity: orNull(equity, usdText),
    deposits: usdText(deposits),
    realised: usdText(realised),
  }));
}

const MOST_ORDERS = 100_000;

async function orderRows({ store, book }: ViewIo): Promise<readonly Row[]> {
  return (await store.orders.recent(book, MOST_ORDERS)).map(({ id, intent, state, filled, updatedAt, detail }) => {
    const { ticker, strategy, purpose, reason, side, action, price, count, decidedAt } = intent;
    return {
      ...{ decidedAt: isoTime(decidedAt), updatedAt: isoTime(updatedAt), id, ticker, strategy, purpose, reason, side, action, state },
      ...{ price: priceText(price), count: contractsText(count), filled: contractsText(filled), detail: detail ?? null },
    };
  });
}

async function journalRows({ store, book }: ViewIo): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const { seq, at, kind, subject, body, previous, hash } of store.journal.read(book)) {
    rows.push({ seq, at: isoTime(at), kind, subject, body, previous, hash });
  }
  return rows;
}
