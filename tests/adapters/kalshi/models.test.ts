import type * as kalshi from 'kalshi-typescript';
import { expectTypeOf, it } from 'vitest';
import type * as z from 'zod/mini';
import type { AmendOrderBody, amendOrder } from '../../../shared/adapters/kalshi/endpoints/amend-order.ts';
import type { BatchCancelItem, batchCancelOrders } from '../../../shared/adapters/kalshi/endpoints/batch-cancel-orders.ts';
import type { batchCreateOrders } from '../../../shared/adapters/kalshi/endpoints/batch-create-orders.ts';
import type { batchGetMarketCandlesticks } from '../../../shared/adapters/kalshi/endpoints/batch-get-market-candlesticks.ts';
import type { cancelOrder } from '../../../shared/adapters/kalshi/endpoints/cancel-order.ts';
import type { CreateOrderBody, createOrder } from '../../../shared/adapters/kalshi/endpoints/create-order.ts';
import type { CreateOrderGroupBody, createOrderGroup } from '../../../shared/adapters/kalshi/endpoints/create-order-group.ts';
import type { DecreaseOrderBody, decreaseOrder } from '../../../shared/adapters/kalshi/endpoints/decrease-order.ts';
import type { eventSchema } from '../../../shared/adapters/kalshi/endpoints/event-schema.ts';
import type { getAccountLimits } from '../../../shared/adapters/kalshi/endpoints/get-account-limits.ts';
import type { getApiKeys } from '../../../shared/adapters/kalshi/endpoints/get-api-keys.ts';
import type { getBalance } from '../../../shared/adapters/kalshi/endpoints/get-balance.ts';
import type { getDeposits } from '../../../shared/adapters/kalshi/endpoints/get-deposits.ts';
import type { getEndpointCosts } from '../../../shared/adapters/kalshi/endpoints/get-endpoint-costs.ts';
import type { getEventCandlesticks } from '../../../shared/adapters/kalshi/endpoints/get-event-candlesticks.ts';
import type { getEventFeeChanges } from '../../../shared/adapters/kalshi/endpoints/get-event-fee-changes.ts';
import type { getExchangeSchedule } from '../../../shared/adapters/kalshi/endpoints/get-exchange-schedule.ts';
import type { getExchangeStatus } from '../../../shared/adapters/kalshi/endpoints/get-exchange-status.ts';
import type { getFills } from '../../../shared/adapters/kalshi/endpoints/get-fills.ts';
import type { getHistoricalCutoff } from '../../../shared/adapters/kalshi/endpoints/get-historical-cutoff.ts';
import type { getHistoricalMarketCandlesticks } from '../../../shared/adapters/kalshi/endpoints/get-historical-market-candlesticks.ts';
import type { getIncentivePrograms } from '../../../shared/adapters/kalshi/endpoints/get-incentive-programs.ts';
import type { getMarketCandlesticks } from '../../../shared/adapters/kalshi/endpoints/get-market-candlesticks.ts';
import type { getMarketOrderbooks } from '../../../shared/adapters/kalshi/endpoints/get-market-orderbooks.ts';
import type { getMilestones } from '../../../shared/adapters/kalshi/endpoints/get-milestones.ts';
import type { getOrderGroup } from '../../../shared/adapters/kalshi/endpoints/get-order-group.ts';
import type { getOrderGroups } from '../../../shared/adapters/kalshi/endpoints/get-order-groups.ts';
import type { getOrderQueuePositions } from '../../../shared/adapters/kalshi/endpoints/get-order-queue-positions.ts';
import type { getOrders } from '../../../shared/adapters/kalshi/endpoints/get-orders.ts';
import type { getPositions } from '../../../shared/adapters/kalshi/endpoints/get-positions.ts';
import type { getSeriesFeeChanges } from '../../../shared/adapters/kalshi/endpoints/get-series-fee-changes.ts';
import type { getSettlements } from '../../../shared/adapters/kalshi/endpoints/get-settlements.ts';
import type { getShardTransfers } from '../../../shared/adapters/kalshi/endpoints/get-shard-transfers.ts';
import type { getTrades } from '../../../shared/adapters/kalshi/endpoints/get-trades.ts';
import type { getUserDataTimestamp } from '../../../shared/adapters/kalshi/endpoints/get-user-data-timestamp.ts';
import type { getWithdrawals } from '../../../shared/adapters/kalshi/endpoints/get-withdrawals.ts';
import type { marketSchema } from '../../../shared/adapters/kalshi/endpoints/market-schema.ts';
import type { seriesSchema } from '../../../shared/adapters/kalshi/endpoints/series-schema.ts';
import type { TransferBody } from '../../../shared/adapters/kalshi/endpoints/transfer-between-shards.ts';

/** What an endpoint declares to be sent to us. */
type Sent<Call extends { readonly answer: z.ZodMiniType }> = z.input<Call['answer']>;

/**
 * A model as the wire may really carry it. Two exceptions that hold everywhere: a field the models call optional may also
 * come as null (Go writes both), and a list of theirs may be read-only here.
 */
type Wire<Model> = Model extends readonly (infer Item)[]
  ? readonly Wire<Item>[]
  : Model extends object
    ? { readonly [Key in keyof Model as undefined extends Model[Key] ? never : Key]: Wire<Model[Key]> } & {
        readonly [Key in keyof Model as undefined extends Model[Key] ? Key : never]?:
          | Wire<Exclude<Model[Key], undefined>>
          | null
          | undefined;
      }
    : Model;

/** Single fields that differ on purpose; each use says why. */
type But<Model, Changed> = Omit<Model, keyof Changed> & Changed;

it('keeps what we send assignable to the published models', () => {
  expectTypeOf<CreateOrderBody>().toExtend<kalshi.CreateOrderV2Request>();
  expectTypeOf<AmendOrderBody>().toExtend<kalshi.AmendOrderV2Request>();
  expectTypeOf<DecreaseOrderBody>().toExtend<kalshi.DecreaseOrderV2Request>();
  expectTypeOf<BatchCancelItem>().toExtend<kalshi.BatchCancelOrdersV2RequestOrdersInner>();
  expectTypeOf<CreateOrderGroupBody>().toExtend<kalshi.CreateOrderGroupRequest>();
  expectTypeOf<TransferBody>().toExtend<kalshi.IntraExchangeInstanceTransferRequest>();
});

it('keeps the public answers we read assignable to the published models', () => {
  // settlement_bounds_type and settlement_floor_dollars came with spec 3.32, after the models at hand; extra fields assign.
  expectTypeOf<z.input<typeof marketSchema>>().toExtend<Wire<kalshi.Market>>();
  // fee_type: the exchange's list is open; ours is closed where fees are reckoned, and an unknown type is refused there.
  // Lists: the models promise them, or null; recorded answers leave them out, which we take for null.
  type SeriesLists = Partial<Pick<kalshi.Series, 'tags' | 'settlement_sources' | 'additional_prohibitions'>>;
  expectTypeOf<z.input<typeof seriesSchema>>().toExtend<Wire<But<kalshi.Series, SeriesLists & { fee_type: string }>>>();
  // available_on_brokers was removed on 2026-09-10, after the models at hand; category is deprecated and not read.
  type EventModel = Omit<kalshi.EventData, 'available_on_brokers' | 'category'>;
  expectTypeOf<z.input<typeof eventSchema>>().toExtend<Wire<But<EventModel, Partial<Pick<EventModel, 'settlement_sources'>>>>>();
  expectTypeOf<Sent<typeof getExchangeStatus>>().toExtend<Wire<kalshi.ExchangeStatus>>();
  expectTypeOf<Sent<typeof getExchangeSchedule>>().toExtend<Wire<kalshi.GetExchangeScheduleResponse>>();
  expectTypeOf<Sent<typeof getUserDataTimestamp>>().toExtend<Wire<kalshi.GetUserDataTimestampResponse>>();
  expectTypeOf<Sent<typeof getHistoricalCutoff>>().toExtend<Wire<kalshi.GetHistoricalCutoffResponse>>();
  expectTypeOf<Sent<typeof getTrades>['trades'][number]>().toExtend<Wire<kalshi.Trade>>();
  expectTypeOf<Sent<typeof getMarketCandlesticks>>().toExtend<Wire<kalshi.GetMarketCandlesticksResponse>>();
  expectTypeOf<Sent<typeof getEventCandlesticks>>().toExtend<Wire<kalshi.GetEventCandlesticksResponse>>();
  expectTypeOf<Sent<typeof batchGetMarketCandlesticks>>().toExtend<Wire<kalshi.BatchGetMarketCandlesticksResponse>>();
  expectTypeOf<Sent<typeof getHistoricalMarketCandlesticks>>().toExtend<Wire<kalshi.GetMarketCandlesticksHistoricalResponse>>();
  expectTypeOf<Sent<typeof getMilestones>['milestones'][number]>().toExtend<Wire<kalshi.Milestone>>();
  expectTypeOf<Sent<typeof getIncentivePrograms>['incentive_programs'][number]>().toExtend<Wire<kalshi.IncentiveProgram>>();
  expectTypeOf<Sent<typeof getEndpointCosts>>().toExtend<Wire<kalshi.GetAccountEndpointCostsResponse>>();
  // fee_type: open, as above.
  expectTypeOf<Sent<typeof getSeriesFeeChanges>['series_fee_change_arr'][number]>().toExtend<
    Wire<But<kalshi.SeriesFeeChange, { fee_type: string }>>
  >();
  expectTypeOf<Sent<typeof getEventFeeChanges>['event_fee_changes'][number]>().toExtend<
    Wire<But<kalshi.EventFeeChange, { fee_type_override: string | null }>>
  >();
  // The models give a level as a list of texts; it is a pair.
  expectTypeOf<Sent<typeof getMarketOrderbooks>['orderbooks'][number]>().toExtend<Wire<kalshi.MarketOrderbookFp>>();
});

it("keeps the account's answers we read assignable to the published models", () => {
  expectTypeOf<Sent<typeof getBalance>>().toExtend<Wire<kalshi.GetBalanceResponse>>();
  expectTypeOf<Sent<typeof getPositions>['market_positions'][number]>().toExtend<Wire<kalshi.MarketPosition>>();
  expectTypeOf<Sent<typeof getPositions>['event_positions'][number]>().toExtend<Wire<kalshi.EventPosition>>();
  expectTypeOf<Sent<typeof getFills>['fills'][number]>().toExtend<Wire<kalshi.Fill>>();
  expectTypeOf<Sent<typeof getSettlements>['settlements'][number]>().toExtend<Wire<kalshi.Settlement>>();
  expectTypeOf<Sent<typeof getOrders>['orders'][number]>().toExtend<Wire<kalshi.Order>>();
  expectTypeOf<Sent<typeof createOrder>>().toExtend<Wire<kalshi.CreateOrderV2Response>>();
  expectTypeOf<Sent<typeof cancelOrder>>().toExtend<Wire<kalshi.CancelOrderV2Response>>();
  expectTypeOf<Sent<typeof amendOrder>>().toExtend<Wire<kalshi.AmendOrderV2Response>>();
  expectTypeOf<Sent<typeof decreaseOrder>>().toExtend<Wire<kalshi.DecreaseOrderV2Response>>();
  expectTypeOf<Sent<typeof batchCreateOrders>>().toExtend<Wire<kalshi.BatchCreateOrdersV2Response>>();
  expectTypeOf<Sent<typeof batchCancelOrders>>().toExtend<Wire<kalshi.BatchCancelOrdersV2Response>>();
  expectTypeOf<Sent<typeof createOrderGroup>>().toExtend<Wire<kalshi.CreateOrderGroupResponse>>();
  expectTypeOf<Sent<typeof getOrderGroup>>().toExtend<Wire<kalshi.GetOrderGroupResponse>>();
  expectTypeOf<Sent<typeof getOrderGroups>>().toExtend<Wire<kalshi.GetOrderGroupsResponse>>();
  expectTypeOf<Sent<typeof getOrderQueuePositions>>().toExtend<Wire<kalshi.GetOrderQueuePositionsResponse>>();
  expectTypeOf<Sent<typeof getAccountLimits>>().toExtend<Wire<kalshi.GetAccountApiLimitsResponse>>();
  expectTypeOf<Sent<typeof getApiKeys>>().toExtend<Wire<kalshi.GetApiKeysResponse>>();
  expectTypeOf<Sent<typeof getDeposits>>().toExtend<Wire<kalshi.GetDepositsResponse>>();
  expectTypeOf<Sent<typeof getWithdrawals>>().toExtend<Wire<kalshi.GetWithdrawalsResponse>>();
  expectTypeOf<Sent<typeof getShardTransfers>>().toExtend<Wire<kalshi.GetIntraExchangeInstanceTransfersResponse>>();
});
