import type { Fill } from '../../shared/domain/fill.ts';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import type { Price } from '../../shared/domain/money.ts';
import type { OrderIntent, OrderRecord, Receipt, RepegBounds } from '../../shared/domain/order.ts';
import { restingPrice } from '../../shared/domain/order.ts';
import type { NamedResult } from '../../shared/domain/risk/gate.ts';
import type { Signal } from '../../shared/domain/signal.ts';
import type { Sized } from '../../shared/domain/sizing/size.ts';
import { orderText } from '../../shared/domain/watch/book-watch.ts';
import { centsText, countText, dollars, percent, timeText } from '../../shared/domain/words/amounts.ts';
import { linesText } from './table.ts';
import type { View, ViewIo } from './view.ts';
import { isoTime } from './view.ts';

const RECENT_ORDERS = 200;
const SHOWN = 40;

/** `pilot why ID|MARKET`: all that was written down about an order or a market, oldest first; undefined if nothing was. */
export async function whyView(io: ViewIo, subject: string): Promise<View | undefined> {
  const orders = (await io.store.orders.recent(io.book, RECENT_ORDERS)).filter(
    ({ id, intent }) => id === subject || intent.ticker === subject,
  );
  const entries = await entriesOf(io, subject, orders);
  if (entries.length === 0) return undefined;
  const last = entries.slice(-SHOWN);
  return {
    json: last.map(({ at, kind, subject: about, body, seq }) => ({ at: isoTime(at), seq, kind, subject: about, body })),
    text: linesText([
      `${subject}${entries.length > last.length ? `   the last ${last.length} of ${entries.length} entries` : ''}`,
      ...orders.flatMap(repegsText),
      '',
      ...last.flatMap((entry) => entryLines(entry, io.zone)),
    ]),
  };
}

/** What names the subject itself, and what names an order in that market. */
async function entriesOf({ store, book }: ViewIo, subject: string, orders: readonly OrderRecord[]): Promise<readonly JournalEntry[]> {
  const ids = orders.map(({ id }) => id);
  const found = new Map<number, JournalEntry>();
  for (const name of [subject, ...ids]) for await (const entry of store.journal.read(book, { subject: name })) found.set(entry.seq, entry);
  return [...found.values()].toSorted((a, b) => a.seq - b.seq);
}

/** How much of an order's budget of re-pegs is used up. */
function repegsText(record: OrderRecord): readonly string[] {
  const { intent, repegs, state } = record;
  if (repegs === undefined || intent.repeg === undefined) return [];
  const answer = repegs.pending === undefined ? '' : `, the last to ${centsText(repegs.pending)} without an answer yet`;
  return [
    `  ${orderText({ ...intent, price: restingPrice(record) })}: ${state}, re-pegged ${repegs.count} of ${intent.repeg.times} times${answer}`,
  ];
}

function entryLines(entry: JournalEntry, zone: string): readonly string[] {
  const [first = '', ...rest] = said(entry);
  return [`  ${timeText(entry.at, zone)}  ${entry.kind.padEnd(10)} ${first}`, ...rest.map((line) => `${' '.repeat(36)}${line}`)];
}

/** An entry's body was written by this system, in the shape of its kind. */
function said({ kind, body }: JournalEntry): readonly string[] {
  switch (kind) {
    case 'decision':
      return decisionLines(body as DecisionBody);
    case 'exit':
      return [`leave: ${(body as ExitBody).reason}`, ...seenLines(body as ExitBody), ...refusals((body as ExitBody).results)];
    case 'intent':
      return [orderText(body as OrderIntent)];
    case 'receipt':
    case 'cancel':
    case 'amend':
      return [receiptText(body as Receipt)];
    case 're-peg':
      return repegLines(body as RepegBody);
    case 'fill':
      return [fillText(body as Fill)];
    case 'note':
      return [(body as { readonly text: string }).text];
    default:
      return [JSON.stringify(body)];
  }
}

/** What a decision was made from; what was written before this was kept has none. */
interface Seen {
  readonly seen?: { readonly bid?: Price; readonly ask?: Price; readonly inputs: string };
}

interface DecisionBody extends Seen {
  readonly signal: Signal;
  readonly sized?: Sized;
  readonly results?: readonly NamedResult[];
  readonly approved: boolean;
}

interface ExitBody extends Seen {
  readonly reason: string;
  readonly results?: readonly NamedResult[];
}

function decisionLines(body: DecisionBody): readonly string[] {
  const { signal, sized, results, approved } = body;
  const { strategy, side, limit, fair, reason } = signal;
  const binding = sized?.caps.filter((cap) => cap.binding).map(({ name }) => name) ?? [];
  const size =
    sized === undefined
      ? 'not sized: the market’s fee is unknown'
      : `Kelly ${percent(sized.kellyFraction)} → ${percent(sized.fraction)} → ${countText(sized.contracts)} contracts, ${dollars(sized.dollars)}${binding.length === 0 ? '' : ` (cap: ${binding.join(', ')})`}`;
  return [
    `${strategy} would buy ${side.toUpperCase()} at ${centsText(limit)}, fair ${percent(fair)}: ${reason}`,
    ...seenLines(body),
    size,
    ...refusals(results),
    approved ? 'approved' : 'not sent',
  ];
}

interface RepegBody extends RepegBounds, Seen {
  readonly from: Price;
  readonly to: Price;
  readonly number: number;
  readonly results?: readonly NamedResult[];
  readonly approved: boolean;
}

function repegLines(body: RepegBody): readonly string[] {
  const { from, to, number, times, ceiling, results, approved } = body;
  return [
    `outbid: re-peg ${number} of ${times} from ${centsText(from)} to ${centsText(to)}, at most ${centsText(ceiling)}`,
    ...seenLines(body),
    ...refusals(results),
    approved ? 'approved' : 'not sent',
  ];
}

function seenLines({ seen }: Seen): readonly string[] {
  if (seen === undefined) return [];
  const side = (price: Price | undefined) => (price === undefined ? 'none' : centsText(price));
  return [`saw bid ${side(seen.bid)}, ask ${side(seen.ask)} (inputs ${seen.inputs.slice(0, 12)})`];
}

function refusals(results: readonly NamedResult[] = []): readonly string[] {
  return results
    .filter(({ state }) => state === 'fail' || state === 'unknown')
    .map(({ check, state, detail }) => `${state === 'fail' ? '✗' : '?'} ${check}: ${detail}`);
}

function receiptText(receipt: Receipt): string {
  if (receipt.state === 'rejected') return `rejected, ${receipt.code}: ${receipt.detail} Fix: ${receipt.fix}`;
  if (receipt.state === 'unknown') return `unknown: ${receipt.detail}`;
  const { state, filled, price, detail } = receipt;
  const where = price === undefined ? '' : ` at ${centsText(price)}`;
  return `${state}${where}, ${countText(filled)} filled${detail === undefined ? '' : `: ${detail}`}`;
}

function fillText({ action, count, side, price, fee, role }: Fill): string {
  return `${orderText({ action, count, side, price })}, fee ${dollars(fee)} as ${role}`;
}
