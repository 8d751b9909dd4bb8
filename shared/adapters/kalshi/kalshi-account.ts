import { type Contracts, type Millis, ONE_DOLLAR, type Price, type Side, type Usd } from '../../domain/money.ts';
import type { Account, AccountBalance, AccountPosition, ExchangeFill, ExchangeOrder, ExchangeSettlement } from '../../ports/exchange.ts';
import { getBalance } from './endpoints/get-balance.ts';
import { getDeposits } from './endpoints/get-deposits.ts';
import { type FillAnswer, getFills } from './endpoints/get-fills.ts';
import { getOrders } from './endpoints/get-orders.ts';
import { getPositions } from './endpoints/get-positions.ts';
import { getSettlements, type SettlementAnswer } from './endpoints/get-settlements.ts';
import { getUserDataTimestamp } from './endpoints/get-user-data-timestamp.ts';
import { getWithdrawals } from './endpoints/get-withdrawals.ts';
import type { OrderAnswer } from './endpoints/order-schema.ts';
import type { PaymentAnswer } from './endpoints/payment-schema.ts';
import { known } from './known.ts';
import { allRows } from './pages.ts';
import type { Transport } from './transport.ts';

const LIMIT = 1000;
/** The exchange's filters are in whole seconds: ask for the second that holds the moment. */
const fromSecond = (since: Millis) => Math.floor(since / 1000);

/** The account of a key, read page by page. A fact that money depends on and that does not come is an error. */
export class KalshiAccount implements Account {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async balance(): Promise<AccountBalance> {
    const answer = await this.#transport.call(getBalance, {});
    return {
      total: known(answer.balance_dollars, 'GetBalance', 'balance_dollars'),
      byShard: new Map((answer.balance_breakdown ?? []).map(({ exchange_index, balance }) => [exchange_index, balance])),
    };
  }

  async positions(): Promise<readonly AccountPosition[]> {
    const read = async (cursor?: string) => {
      const query = { limit: LIMIT, count_filter: 'position', settlement_status: 'unsettled', ...at(cursor) } as const;
      const answer = await this.#transport.call(getPositions, { query });
      return { rows: answer.market_positions, cursor: answer.cursor };
    };
    const rows = await allRows('GetPositions', read, ({ ticker }) => ticker);
    return rows.map(({ ticker, exchange_index, position_fp }) => ({
      ticker,
      shard: known(exchange_index, 'GetPositions', 'exchange_index'),
      yesCount: known(position_fp, 'GetPositions', 'position_fp'),
    }));
  }

  async fills(since: Millis): Promise<readonly ExchangeFill[]> {
    const read = async (cursor?: string) => {
      const answer = await this.#transport.call(getFills, { query: { limit: LIMIT, min_ts: fromSecond(since), ...at(cursor) } });
      return { rows: answer.fills, cursor: answer.cursor };
    };
    const rows = await allRows('GetFills', read, ({ fill_id }) => fill_id);
    return [...new Map(rows.map((fill) => [fill.fill_id, fill])).values()].map(exchangeFill);
  }

  async orders(filter: {
    readonly ticker?: string;
    readonly since?: Millis;
    readonly resting?: boolean;
  }): Promise<readonly ExchangeOrder[]> {
    const { ticker, since, resting } = filter;
    const narrowed = {
      limit: LIMIT,
      ...(ticker === undefined ? {} : { ticker }),
      ...(since === undefined ? {} : { min_ts: fromSecond(since) }),
      ...(resting ? { status: 'resting' as const } : {}),
    };
    const read = async (cursor?: string) => {
      const answer = await this.#transport.call(getOrders, { query: { ...narrowed, ...at(cursor) } });
      return { rows: answer.orders, cursor: answer.cursor };
    };
    return (await allRows('GetOrders', read, ({ order_id }) => order_id)).map(exchangeOrder);
  }

  async settlements(since: Millis): Promise<readonly ExchangeSettlement[]> {
    const read = async (cursor?: string) => {
      const answer = await this.#transport.call(getSettlements, { query: { limit: LIMIT, min_ts: fromSecond(since), ...at(cursor) } });
      return { rows: answer.settlements, cursor: answer.cursor };
    };
    return (await allRows('GetSettlements', read, settlementId)).map(exchangeSettlement);
  }

  async userDataAsOf(): Promise<Millis> {
    return (await this.#transport.call(getUserDataTimestamp, {})).as_of_time;
  }

  async transfers(): Promise<readonly { readonly id: string; readonly at: Millis; readonly amount: Usd }[]> {
    const deposits = async (cursor?: string) => {
      const answer = await this.#transport.call(getDeposits, { query: { limit: 500, ...at(cursor) } });
      return { rows: answer.deposits, cursor: answer.cursor };
    };
    const withdrawals = async (cursor?: string) => {
      const answer = await this.#transport.call(getWithdrawals, { query: { limit: 500, ...at(cursor) } });
      return { rows: answer.withdrawals, cursor: answer.cursor };
    };
    const idOf = ({ id }: PaymentAnswer) => id;
    const [coming, going] = await Promise.all([allRows('GetDeposits', deposits, idOf), allRows('GetWithdrawals', withdrawals, idOf)]);
    return [...coming.flatMap((payment) => transfer(payment, 1)), ...going.flatMap((payment) => transfer(payment, -1))];
  }
}

function at(cursor: string | undefined): { readonly cursor?: string } {
  return cursor === undefined || cursor === '' ? {} : { cursor };
}

/**
 * A fill as a buy of the side it moved the position to, at that side's price. Selling YES is told as buying NO: the exchange
 * nets the two, and so does the ledger.
 */
function exchangeFill(fill: FillAnswer): ExchangeFill {
  const need = <Value>(value: Value | null | undefined, field: string) => known(value, 'GetFills', field);
  const side: Side = need(fill.outcome_side, 'outcome_side');
  const price = side === 'yes' ? need(fill.yes_price_dollars, 'yes_price_dollars') : need(fill.no_price_dollars, 'no_price_dollars');
  return {
    id: fill.fill_id,
    at: need(fill.created_time ?? fill.ts, 'created_time'),
    orderId: fill.order_id,
    ticker: fill.ticker,
    side,
    action: 'buy',
    price,
    count: need(fill.count_fp, 'count_fp'),
    fee: need(fill.fee_cost, 'fee_cost'),
    role: need(fill.is_taker, 'is_taker') ? 'taker' : 'maker',
    ...(fill.exchange_index === undefined ? {} : { shard: fill.exchange_index }),
  };
}

/** An order as its holder sees it: the side it moves the position to, at that side's price. Throws ExchangeError. */
export function exchangeOrder(order: OrderAnswer): ExchangeOrder {
  const need = <Value>(value: Value | null | undefined, field: string) => known(value, 'GetOrders', field);
  const side: Side = need(order.outcome_side, 'outcome_side');
  const price: Price =
    side === 'yes' ? need(order.yes_price_dollars, 'yes_price_dollars') : need(order.no_price_dollars, 'no_price_dollars');
  const filled: Contracts = need(order.fill_count_fp, 'fill_count_fp');
  return {
    orderId: order.order_id,
    clientOrderId: order.client_order_id ?? '',
    ticker: order.ticker,
    side,
    status: order.status,
    price,
    filled,
    remaining: need(order.remaining_count_fp, 'remaining_count_fp'),
    createdAt: order.created_time ?? undefined,
  };
}

function settlementId({ ticker, settled_time }: SettlementAnswer): string {
  return `${ticker}@${known(settled_time, 'GetSettlements', 'settled_time')}`;
}

function exchangeSettlement(settlement: SettlementAnswer): ExchangeSettlement {
  const { ticker, market_result, value, revenue, settled_time } = settlement;
  const certain = market_result === 'scalar' ? undefined : market_result === 'yes' ? ONE_DOLLAR : (0 as Usd);
  return {
    id: settlementId(settlement),
    ticker,
    yesValue: known(value ?? certain, 'GetSettlements', 'value'),
    at: known(settled_time, 'GetSettlements', 'settled_time'),
    revenue: known(revenue, 'GetSettlements', 'revenue'),
  };
}

/** Only what the balance has. What the payment itself cost is not the account's money. */
function transfer({ id, status, amount_cents, created_ts, finalized_ts }: PaymentAnswer, sign: 1 | -1) {
  return status === 'applied' ? [{ id, at: finalized_ts ?? created_ts, amount: (sign * amount_cents) as Usd }] : [];
}
