import type { Book } from '../domain/book.ts';
import type { Account as Membership } from '../domain/fees.ts';
import { chargeFee } from '../domain/fees.ts';
import type { Fill } from '../domain/fill.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { Millis, Usd } from '../domain/money.ts';
import type { OrderRecord } from '../domain/order.ts';
import type { ExchangeFill } from '../ports/exchange.ts';
import type { Store } from '../ports/store.ts';
import { ORDER_PREFIX } from './client-order-id.ts';
import type { AccountView } from './read-account.ts';

/**
 * Our orders by the exchange's id: those that live, and those the fills came from. Fills carry no client id, so the
 * exchange's list of orders tells which is whose.
 */
export async function originsOf(store: Store, book: Book, view: AccountView, live: readonly OrderRecord[]) {
  const origins = new Map(live.flatMap((record) => (record.orderId === undefined ? [] : [[record.orderId, record] as const])));
  const clientIds = new Map(view.orders.map(({ orderId, clientOrderId }) => [orderId, clientOrderId]));
  for (const orderId of new Set(view.fills.map((fill) => fill.orderId))) {
    const clientId = clientIds.get(orderId);
    if (origins.has(orderId) || !clientId?.startsWith(ORDER_PREFIX)) continue;
    const record = await store.orders.get(clientId);
    if (record?.intent.book === book) origins.set(orderId, record);
  }
  return origins;
}

/** Facts in the order they happened, so that booking them in that order is booking them as they were. */
export function entriesOf(
  { fills, settlements, transfers }: AccountView,
  origins: ReadonlyMap<string, OrderRecord>,
  book: Book,
  membership: Membership,
): readonly LedgerEntry[] {
  const deposits = transfers.map(({ id, at, amount }): LedgerEntry => ({ kind: 'deposit', id, at, amount }));
  const rounding = new Map<string, Usd>();
  const booked = fills
    .toSorted((a, b) => a.at - b.at || sentAt(origins.get(a.orderId)) - sentAt(origins.get(b.orderId)))
    .map((fill): LedgerEntry => ({ kind: 'fill', ...attributed(fill, origins.get(fill.orderId), { book, membership, rounding }) }));
  const settled = settlements.map(
    ({ id, at, ticker, yesValue, revenue }): LedgerEntry => ({ kind: 'settlement', id, at, ticker, yesValue, paid: revenue }),
  );
  return [...deposits, ...[...booked, ...settled].sort((a, b) => a.at - b.at)];
}

/**
 * Of fills of one moment ours come first, in the order in which they were sent: an exit of ours has sold what we had then,
 * so whatever somebody bought by hand at the same time came after it.
 */
function sentAt(record: OrderRecord | undefined): Millis {
  return record ? (record.sentAt ?? record.updatedAt) : Number.MAX_SAFE_INTEGER;
}

interface Attribution {
  readonly book: Book;
  readonly membership: Membership;
  /** By order: rounding charged so far and not yet given back. */
  readonly rounding: Map<string, Usd>;
}

/** A fill with the intent it came from; without one it was made by hand. */
function attributed(fill: ExchangeFill, record: OrderRecord | undefined, { book, membership, rounding }: Attribution): Fill {
  if (!record) return { ...fill, book, event: eventOf(fill.ticker) };
  const { intent, id } = record;
  const { feeTerms: terms, category } = intent;
  const charge = terms && chargeFee({ ...fill, account: membership, terms }, rounding.get(fill.orderId));
  if (charge) rounding.set(fill.orderId, charge.accumulated);
  return {
    ...fill,
    book,
    event: intent.event,
    ...(category === undefined ? {} : { category }),
    ...(charge === undefined ? {} : { feePredicted: charge.fee }),
    ...(intent.quoted === undefined ? {} : { quoted: intent.quoted }),
    ...(intent.quoted === undefined ? {} : { quoted: intent.quoted }),
    origin: { intent: id, strategy: intent.strategy, purpose: intent.purpose === 'entry' ? 'entry' : intent.reason },
  };
}

/** A market's event by its ticker: all but the last part. Only for trades made by hand, whose event nobody told us. */
function eventOf(ticker: string): string {
  const dash = ticker.lastIndexOf('-');
  return dash === -1 ? ticker : ticker.slice(0, dash);
}
