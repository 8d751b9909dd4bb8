import * as z from 'zod/mini';
import type { Contracts, Millis, Price } from '../../../shared/domain/money.ts';
import { opposite, parseContracts, parsePrice } from '../../../shared/domain/money.ts';
import { lastAt, type Tape } from './tape.ts';
import type { BackgroundTrade, Ladder, Level } from './world.ts';

type Side = 'bid' | 'ask';

/** A change of the book: a level's new contracts, or a whole new book. */
type BookChange =
  | { readonly at: Millis; readonly kind: 'level'; readonly side: Side; readonly price: Price; readonly delta: number }
  | { readonly at: Millis; readonly kind: 'book'; readonly bids: ReadonlyMap<Price, number>; readonly asks: ReadonlyMap<Price, number> };

/** Members see the book move at most this often; the recording moves many times a second. */
const STEP: Millis = 1_000;

const levels = z.optional(z.array(z.tuple([z.string(), z.string()])));
const line = z.object({
  recv_ms: z.int(),
  event: z.discriminatedUnion('type', [
    z.object({ type: z.literal('orderbook_snapshot'), msg: z.object({ yes_dollars_fp: levels, no_dollars_fp: levels }) }),
    z.object({
      type: z.literal('orderbook_delta'),
      msg: z.object({ price_dollars: z.string(), delta_fp: z.string(), side: z.enum(['yes', 'no']) }),
    }),
    z.object({
      type: z.literal('trade'),
      msg: z.object({
        trade_id: z.string(),
        yes_price_dollars: z.string(),
        count_fp: z.string(),
        taker_outcome_side: z.enum(['yes', 'no']),
      }),
    }),
  ]),
});

/** Every message of a recorded order book, read when it is first asked for. `read` gives the lines of the recording. */
export function bookTape(read: () => readonly string[]): Tape {
  let loaded: { readonly changes: readonly BookChange[]; readonly trades: readonly BackgroundTrade[] } | undefined;
  const tape = () => {
    loaded ??= parseTape(read());
    return loaded;
  };
  const cursor = bookCursor(() => tape().changes);
  const tradesIn = (from: Millis, to: Millis) => tape().trades.slice(lastAt(tape().trades, from) + 1, lastAt(tape().trades, to) + 1);
  return {
    ladder: cursor,
    nextChange(at) {
      const { changes } = tape();
      const next = changes[lastAt(changes, at) + 1]?.at;
      return next === undefined ? undefined : Math.ceil(next / STEP) * STEP;
    },
    trades: tradesIn,
    activity(at) {
      const sum = (from: Millis) => tradesIn(from, at).reduce((total, { count }) => total + count, 0) as Contracts;
      const volume = sum(0);
      const last = tape().trades[lastAt(tape().trades, at)]?.price;
      return { volume, volume24h: sum(at - 86_400_000), openInterest: Math.floor(volume / 2) as Contracts, last };
    },
  };
}

/** The book at any time; going forward costs only what happened since. */
function bookCursor(changesOf: () => readonly BookChange[]): (at: Millis, depth: number) => Ladder {
  let next = 0;
  let seen = Number.NEGATIVE_INFINITY;
  let sides = { bid: new Map<Price, number>(), ask: new Map<Price, number>() };
  return (at, depth) => {
    const changes = changesOf();
    if (at < seen) [next, sides] = [0, { bid: new Map(), ask: new Map() }];
    seen = at;
    for (let change = changes[next]; change && change.at <= at; change = changes[next]) {
      if (change.kind === 'book') sides = { bid: new Map(change.bids), ask: new Map(change.asks) };
      else add(sides[change.side], change.price, change.delta);
      next += 1;
    }
    return { bids: best(sides.bid, -1, depth), asks: best(sides.ask, 1, depth) };
  };
}

function add(side: Map<Price, number>, price: Price, delta: number): void {
  const count = (side.get(price) ?? 0) + delta;
  if (count > 0) side.set(price, count);
  else side.delete(price);
}

function best(side: ReadonlyMap<Price, number>, direction: -1 | 1, depth: number): readonly Level[] {
  const sorted = [...side].toSorted(([a], [b]) => direction * (a - b)).slice(0, depth);
  return sorted.map(([price, count]) => ({ price, count: count as Contracts }));
}

function parseTape(lines: readonly string[]) {
  const changes: BookChange[] = [];
  const trades: BackgroundTrade[] = [];
  for (const text of lines) {
    const { recv_ms: at, event } = line.parse(JSON.parse(text));
    if (event.type === 'trade') {
      const { msg } = event;
      const price = parsePrice(msg.yes_price_dollars);
      trades.push({ id: msg.trade_id, at, price, count: parseContracts(msg.count_fp), buy: msg.taker_outcome_side === 'yes' });
    } else if (event.type === 'orderbook_snapshot') {
      const { yes_dollars_fp: yes = [], no_dollars_fp: no = [] } = event.msg;
      const bids = new Map(yes.map(([price, count]) => [parsePrice(price), parseContracts(count)]));
      const asks = new Map(no.map(([price, count]) => [opposite(parsePrice(price)), parseContracts(count)]));
      changes.push({ at, kind: 'book', bids, asks });
    } else {
      const { price_dollars: price, delta_fp: text, side } = event.msg;
      const delta = text.startsWith('-') ? -parseContracts(text.slice(1)) : parseContracts(text);
      const yes = side === 'yes';
      changes.push({ at, kind: 'level', side: yes ? 'bid' : 'ask', price: yes ? parsePrice(price) : opposite(parsePrice(price)), delta });
    }
  }
  return { changes, trades };
}
