import type { Board } from '../../domain/board.ts';
import { ACTIVE, heldQuote } from '../../domain/board.ts';
import type { Account as FeeAccount } from '../../domain/fees.ts';
import { chargeFee } from '../../domain/fees.ts';
import { payoutOf } from '../../domain/ledger.ts';
import type { Contracts, Millis, Usd } from '../../domain/money.ts';
import type { Approved, Receipt } from '../../domain/order.ts';
import type { PaperFill } from '../../domain/paper/paper-fill.ts';
import { crosses, makerFill, takerFill } from '../../domain/paper/paper-fill.ts';
import type { Broker } from '../../ports/broker.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Account, ExchangeFill, MarketData } from '../../ports/exchange.ts';
import type { RecordStore } from '../../ports/store.ts';
import type { PaperAccount, PaperOrder } from './paper-account.ts';
import { heldOf, listOrders, openAccount, spokenFor, trimmed, withEnded, withFill, withSettlement } from './paper-account.ts';
import { cancelled, decreased, repriced } from './paper-changes.ts';

export interface PaperOptions {
  readonly records: RecordStore;
  readonly market: Pick<MarketData, 'quotes' | 'outcomes'>;
  readonly clock: Clock;
  readonly membership: FeeAccount;
  readonly cash: Usd;
}

/** The broker and the account of paper money. It has no way to reach an order endpoint. */
export interface PaperExchange extends Broker, Account {
  /** Fills resting orders that were traded through, ends those that lapsed, settles markets that ended. */
  match(): Promise<void>;
}

const KIND = 'paper-account';
const KEY = 'account';

/** Paper money on real quotes: takers take what is quoted, makers fill only on trade-through, fees are exact. */
export function paperExchange(options: PaperOptions): PaperExchange {
  const { clock } = options;
  const load = async () => ((await options.records.get(KIND, KEY)) as PaperAccount | undefined) ?? openAccount(options.cash, clock.now());
  const change = <T>(step: (account: PaperAccount) => Promise<readonly [PaperAccount, T]> | readonly [PaperAccount, T]) =>
    changeAccount(options, step);
  return {
    submit: async (id, order) => {
      const board = await options.market.quotes([order.ticker]);
      return change((account) => place(account, { id, order, board, options }));
    },
    cancel: ({ id, orderId = '' }, at) => change((account) => cancelled(account, id, orderId, at)),
    amend: async ({ id }, { to, ticker }) => {
      const board = await options.market.quotes([ticker]);
      return change((account) => repriced(account, id, to, board, clock.now()));
    },
    decrease: ({ id }, to) => change((account) => decreased(account, id, to, clock.now())),
    cancelAll: () =>
      change((account) => [account.resting.reduce((all, order) => withEnded(all, order, 'canceled', clock.now()), account), undefined]),
    groups: { none: 'paper money has no exchange that could hold it back: the gate and the reservation do' },
    match: () => matchAll(options, load),
    balance: async () => {
      const { cash } = await load();
      return { total: cash, byShard: new Map() };
    },
    positions: async () => Object.entries((await load()).positions).map(([ticker, yesCount]) => ({ ticker, shard: 0, yesCount })),
    fills: async (since) => (await load()).fills.filter(({ at }) => at >= since),
    orders: async ({ ticker, resting }) => listOrders(await load(), ticker, resting === true),
    settlements: async (since) => (await load()).settlements.filter(({ at }) => at >= since),
    userDataAsOf: async () => clock.now(),
    transfers: async () => (await load()).deposits,
  };
}

const ATTEMPTS = 5;

async function changeAccount<T>(
  { records, cash, clock }: PaperOptions,
  step: (account: PaperAccount) => Promise<readonly [PaperAccount, T]> | readonly [PaperAccount, T],
): Promise<T> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = (await records.get(KIND, KEY)) as PaperAccount | undefined;
    const account = before ?? openAccount(cash, clock.now());
    const [after, answer] = await step(account);
    if (after === before || (await records.swap(KIND, KEY, before, trimmed(after, clock.now())))) return answer;
  }
  throw new Error(`paper account changed ${ATTEMPTS} times while writing. Fix: run one job of the paper book at a time`);
}

interface Placing {
  readonly id: string;
  readonly order: Approved;
  readonly board: Board;
  readonly options: PaperOptions;
}

function place(account: PaperAccount, { id, order, board, options }: Placing): readonly [PaperAccount, Receipt] {
  const at = options.clock.now();
  const refuse = (code: string, detail: string, fix: string): readonly [PaperAccount, Receipt] => [
    account,
    { state: 'rejected', code, detail, fix, at },
  ];
  if ([...account.resting, ...account.ended].some((other) => other.id === id))
    return [account, { state: 'unknown', detail: `client order id ${id} is taken: look its order up`, at }];
  const row = board.rowOf(order.ticker);
  if (row === undefined || board.status[row] !== ACTIVE)
    return refuse('market_inactive', 'the market takes no orders', 'wait for the next scan.');
  const { fee } = board.terms(row);
  if (!fee) return refuse('fee_unknown', 'the fee type is unknown', 'nothing: it is never traded.');
  const quote = heldQuote(board, row, order.side);
  if (order.postOnly && crosses(order, quote))
    return refuse('post_only_cross', 'it would trade at once', 'the next scan sees the new quote.');
  if (order.action === 'buy' && order.risk > account.cash - spokenFor(account))
    return refuse('insufficient_balance', 'not enough paper cash', 'close a position.');
  const orderId = `paper-${account.nextId}`;
  const count = order.reduceOnly ? (Math.min(order.count, heldOf(account, order)) as Contracts) : order.count;
  const intent = { ...order, count };
  const placed: PaperOrder = {
    id,
    orderId,
    intent,
    remaining: count,
    filled: 0 as Contracts,
    placedAt: at,
    rounding: 0 as Usd,
    fee,
  };
  const opened: PaperAccount = { ...account, nextId: account.nextId + 1, resting: [...account.resting, placed] };
  const taken = order.postOnly ? undefined : takerFill(intent, quote, !board.lacks.has('depth'));
  const after = taken ? fillOrder(opened, placed, taken, { at, membership: options.membership }) : opened;
  const still = after.resting.find((other) => other.id === id);
  if (!still) return [after, { state: count < order.count ? 'cancelled' : 'filled', orderId, filled: count, at }];
  if (order.timeInForce === 'good_till_canceled') return [after, { state: 'resting', orderId, filled: still.filled, at }];
  return [withEnded(after, still, 'canceled', at), { state: 'cancelled', orderId, filled: still.filled, at }];
}

function fillOrder(
  account: PaperAccount,
  order: PaperOrder,
  fill: PaperFill,
  { at, membership }: { at: Millis; membership: FeeAccount },
): PaperAccount {
  const { intent, fee: terms } = order;
  const charge = chargeFee({ ...fill, action: intent.action, account: membership, terms, at }, order.rounding);
  const made: ExchangeFill = {
    id: `${order.orderId}-${order.filled}`,
    at,
    orderId: order.orderId,
    ticker: intent.ticker,
    side: intent.side,
    action: intent.action,
    price: fill.price,
    count: fill.count,
    fee: charge.fee,
    role: fill.role,
    ...(intent.shard === undefined ? {} : { shard: intent.shard }),
  };
  const filled: PaperOrder = {
    ...order,
    filled: (order.filled + fill.count) as Contracts,
    remaining: (order.remaining - fill.count) as Contracts,
    rounding: charge.accumulated,
  };
  const paid = withFill(account, made);
  if (filled.remaining === 0)
    return withEnded({ ...paid, resting: paid.resting.map((other) => (other.id === order.id ? filled : other)) }, filled, 'executed', at);
  return { ...paid, resting: paid.resting.map((other) => (other.id === order.id ? filled : other)) };
}

/** One pass over what rests and what is held, against quotes and outcomes of now. */
async function matchAll(options: PaperOptions, load: () => Promise<PaperAccount>): Promise<void> {
  const { resting, positions } = await load();
  if (resting.length === 0 && Object.keys(positions).length === 0) return;
  const [board, outcomes] = await Promise.all([
    resting.length === 0 ? undefined : options.market.quotes([...new Set(resting.map(({ intent }) => intent.ticker))]),
    options.market.outcomes([...new Set([...Object.keys(positions), ...resting.map(({ intent }) => intent.ticker)])]),
  ]);
  const at = options.clock.now();
  const over = new Set(outcomes.map(({ ticker }) => ticker));
  await changeAccount(options, (account) => {
    let after = account;
    for (const order of account.resting) after = matchOne(after, order, { board, over, at, membership: options.membership });
    for (const { ticker, yesValue } of outcomes) {
      const held = after.positions[ticker];
      if (held === undefined) continue;
      const revenue = payoutOf({ side: held > 0 ? 'yes' : 'no', count: Math.abs(held) as Contracts }, yesValue);
      after = withSettlement(after, { id: `paper-settled-${ticker}`, ticker, yesValue, at, revenue });
    }
    return [after, undefined];
  });
}

interface Matching {
  readonly board: Board | undefined;
  readonly over: ReadonlySet<string>;
  readonly at: Millis;
  readonly membership: FeeAccount;
}

/** A lapsed order ends before the quote is looked at: the exchange cancels it on time. */
function matchOne(account: PaperAccount, order: PaperOrder, { board, over, at, membership }: Matching): PaperAccount {
  const { ticker, side, expiresAt } = order.intent;
  if (over.has(ticker) || (expiresAt !== undefined && at > expiresAt)) return withEnded(account, order, 'canceled', at);
  const row = board?.rowOf(ticker);
  if (board === undefined || row === undefined || board.status[row] !== ACTIVE) return account;
  const fill = makerFill({ ...order.intent, count: order.remaining, placedAt: order.placedAt }, heldQuote(board, row, side));
  return fill ? fillOrder(account, order, fill, { at, membership }) : account;
}
