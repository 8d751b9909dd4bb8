import { type Contracts, contractsText, type Millis } from '../../domain/money.ts';
import { type Approved, type ApprovedRepeg, type OrderRecord, type Receipt, restingPrice } from '../../domain/order.ts';
import type { Broker, OrderGroups } from '../../ports/broker.ts';
import type { ExchangeOrder } from '../../ports/exchange.ts';
import { ExchangeError } from '../../ports/exchange-error.ts';
import { amendOrder } from './endpoints/amend-order.ts';
import { cancelAllOrders } from './endpoints/cancel-all-orders.ts';
import { cancelOrder } from './endpoints/cancel-order.ts';
import { type CreateOrderBody, createOrder } from './endpoints/create-order.ts';
import { decreaseOrder } from './endpoints/decrease-order.ts';
import { getOrder } from './endpoints/get-order.ts';
import { exchangeOrder, KalshiAccount } from './kalshi-account.ts';
import { known } from './known.ts';
import { orderGroups } from './order-groups.ts';
import { type Change, receiptOf, rejected, submitted, unknown } from './receipts.ts';
import type { Transport } from './transport.ts';
import { yesLeg } from './yes-leg.ts';

/**
 * Sends orders to Kalshi, each once. A refused submit is `rejected`; a lost answer, a 5xx, a 409 and an answer without an
 * order id are `unknown`: look the order up by its client id. A change that is refused leaves the order as it is, so its
 * receipt says what the order is now and why it stayed. Throws ExchangeError only for what no order can cure: a removed
 * endpoint.
 */
export class KalshiBroker implements Broker {
  readonly groups: OrderGroups;
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
    this.groups = orderGroups(transport);
  }

  async submit(id: string, order: Approved, group?: string): Promise<Receipt> {
    try {
      const answer = await this.#transport.call(createOrder, { body: orderBody(id, order, group) });
      return submitted(order, answer, this.#now());
    } catch (error) {
      const failure = failureOf(error);
      return failure.outcome === 'unknown' ? unknown(failure.message, this.#now()) : rejected(failure, this.#now());
    }
  }

  async cancel(record: OrderRecord, at: Millis): Promise<Receipt> {
    return this.#change(record, at, async (orderId) => {
      const { ticker, shard } = record.intent;
      const query = { market_ticker: ticker, ...inShard(shard) };
      const { reduced_by } = await this.#transport.call(cancelOrder, { params: { order_id: orderId }, query });
      return { state: 'cancelled', reducedBy: known(reduced_by, 'CancelOrderV2', 'reduced_by') };
    });
  }

  async amend(record: OrderRecord, { to }: ApprovedRepeg): Promise<Receipt> {
    const change = async (orderId: string): Promise<Change> => {
      const { ticker, shard, side, action, count } = record.intent;
      await this.#transport.call(amendOrder, {
        params: { order_id: orderId },
        body: {
          ticker,
          ...yesLeg(side, action, to),
          count: contractsText(count),
          ...inShard(shard),
        },
      });
      return { state: 'changed', price: to };
    };
    return this.#change(record, this.#now(), change, { state: 'changed', price: restingPrice(record) });
  }

  async decrease(record: OrderRecord, to: Contracts): Promise<Receipt> {
    return this.#change(record, this.#now(), async (orderId) => {
      const { ticker, shard } = record.intent;
      const body = { reduce_to: contractsText(to), market_ticker: ticker, ...inShard(shard) };
      await this.#transport.call(decreaseOrder, { params: { order_id: orderId }, body });
      return { state: 'changed' };
    });
  }

  async cancelAll(): Promise<void> {
    await this.#transport.call(cancelAllOrders, {});
  }

  /** Does one change and then reads the order: neither answer alone says how much has filled. Refused, it is as it was. */
  async #change(
    record: OrderRecord,
    at: Millis,
    change: (orderId: string) => Promise<Change>,
    refusedIs: Change = { state: 'changed' },
  ): Promise<Receipt> {
    let done = refusedIs;
    let refused: ExchangeError | undefined;
    try {
      const orderId = record.orderId ?? (await this.#findSoon(record))?.orderId;
      if (orderId === undefined) return unknown(`no order with client id ${record.id} is listed yet`, at);
      done = await change(orderId);
    } catch (error) {
      refused = failureOf(error);
      if (refused.outcome === 'unknown') return unknown(refused.message, at);
      // Nothing left to cancel, which an order read a moment too early may not show yet.
      if (refused.status === 404) {
        done = { state: 'gone' };
        refused = undefined;
      }
    }
    try {
      const order = await this.#findSoon(record, ({ status }) => done.state !== 'gone' || status !== 'resting');
      if (!order) return unknown(`order ${record.id} could not be found after the change`, at);
      return receiptOf(order, done, at, refused?.message);
    } catch (error) {
      return unknown(`what became of order ${record.id} could not be read: ${failureOf(error).message}`, at);
    }
  }

  /** Reads run behind writes, so an order just made, or what just became of it, may take a moment to appear. */
  async #findSoon(record: OrderRecord, shows: (order: ExchangeOrder) => boolean = () => true): Promise<ExchangeOrder | undefined> {
    let order: ExchangeOrder | undefined;
    for (let attempt = 0; attempt < READS; attempt++) {
      order = await this.#find(record);
      if (order && shows(order)) return order;
      await this.#transport.clock.sleep(READ_LAG);
    }
    return order;
  }

  /** By its id, or where the answer to the submit was lost, by its client id among the market's orders. */
  async #find({ id, orderId, intent, sentAt }: OrderRecord): Promise<ExchangeOrder | undefined> {
    if (orderId !== undefined) return this.#read(orderId);
    const since = sentAt === undefined ? {} : { since: sentAt - LOOK_BACK };
    const orders = await new KalshiAccount(this.#transport).orders({ ticker: intent.ticker, ...since });
    return orders.find(({ clientOrderId }) => clientOrderId === id);
  }

  async #read(orderId: string): Promise<ExchangeOrder | undefined> {
    try {
      const { order } = await this.#transport.call(getOrder, { params: { order_id: orderId } });
      return exchangeOrder(order);
    } catch (error) {
      if (failureOf(error).status === 404) return undefined;
      throw error;
    }
  }

  #now(): Millis {
    return this.#transport.clock.now();
  }
}

/** Reads of an order until it appears, and the pause between them; the longest lag seen is 360 ms. */
const READS = 4;
const READ_LAG: Millis = 200;

/** More than the clocks can differ. */
const LOOK_BACK: Millis = 60_000;

/** The order on the YES book. Resting orders are cancelled when trading pauses: nobody watches them then. */
function orderBody(id: string, order: Approved, group: string | undefined): CreateOrderBody {
  const resting = order.timeInForce === 'good_till_canceled';
  return {
    ticker: order.ticker,
    client_order_id: id,
    ...yesLeg(order.side, order.action, order.price),
    count: contractsText(order.count),
    time_in_force: order.timeInForce,
    self_trade_prevention_type: 'taker_at_cross',
    ...inShard(order.shard),
    cancel_order_on_pause: resting,
    ...(order.postOnly ? { post_only: true } : {}),
    ...(order.reduceOnly ? { reduce_only: true } : {}),
    ...(group === undefined ? {} : { order_group_id: group }),
    ...(resting && order.expiresAt !== undefined ? { expiration_time: Math.floor(order.expiresAt / 1000) } : {}),
  };
}

/** A shard that is not known is left to the exchange, which finds it by the ticker and bills every shard's bucket. */
function inShard(shard: number | undefined): { readonly exchange_index?: number } {
  return shard === undefined ? {} : { exchange_index: shard };
}

/** An error of the exchange; anything else, and an endpoint that is no more, is not for a receipt. */
function failureOf(error: unknown): ExchangeError {
  if (!(error instanceof ExchangeError) || error.status === 410) throw error;
  return error;
}
