import { amendOrder } from './endpoints/amend-order.ts';
import { batchCancelOrders } from './endpoints/batch-cancel-orders.ts';
import { batchCreateOrders } from './endpoints/batch-create-orders.ts';
import { batchGetMarketCandlesticks } from './endpoints/batch-get-market-candlesticks.ts';
import { cancelAllOrders } from './endpoints/cancel-all-orders.ts';
import { cancelOrder } from './endpoints/cancel-order.ts';
import { createOrder } from './endpoints/create-order.ts';
import { createOrderGroup } from './endpoints/create-order-group.ts';
import { decreaseOrder } from './endpoints/decrease-order.ts';
import { deleteOrderGroup } from './endpoints/delete-order-group.ts';
import { getAccountLimits } from './endpoints/get-account-limits.ts';
import { getApiKeys } from './endpoints/get-api-keys.ts';
import { getBalance } from './endpoints/get-balance.ts';
import { getDeposits } from './endpoints/get-deposits.ts';
import { getEndpointCosts } from './endpoints/get-endpoint-costs.ts';
import { getEvent } from './endpoints/get-event.ts';
import { getEventCandlesticks } from './endpoints/get-event-candlesticks.ts';
import { getEventFeeChanges } from './endpoints/get-event-fee-changes.ts';
import { getEvents } from './endpoints/get-events.ts';
import { getExchangeSchedule } from './endpoints/get-exchange-schedule.ts';
import { getExchangeStatus } from './endpoints/get-exchange-status.ts';
import { getFills } from './endpoints/get-fills.ts';
import { getHistoricalCutoff } from './endpoints/get-historical-cutoff.ts';
import { getHistoricalFills } from './endpoints/get-historical-fills.ts';
import { getHistoricalMarketCandlesticks } from './endpoints/get-historical-market-candlesticks.ts';
import { getHistoricalMarkets } from './endpoints/get-historical-markets.ts';
import { getHistoricalOrders } from './endpoints/get-historical-orders.ts';
import { getHistoricalTrades } from './endpoints/get-historical-trades.ts';
import { getIncentivePrograms } from './endpoints/get-incentive-programs.ts';
import { getMarket } from './endpoints/get-market.ts';
import { getMarketCandlesticks } from './endpoints/get-market-candlesticks.ts';
import { getMarketOrderbook } from './endpoints/get-market-orderbook.ts';
import { getMarketOrderbooks } from './endpoints/get-market-orderbooks.ts';
import { getMarkets } from './endpoints/get-markets.ts';
import { getMilestones } from './endpoints/get-milestones.ts';
import { getOrder } from './endpoints/get-order.ts';
import { getOrderGroup } from './endpoints/get-order-group.ts';
import { getOrderGroups } from './endpoints/get-order-groups.ts';
import { getOrderQueuePosition } from './endpoints/get-order-queue-position.ts';
import { getOrderQueuePositions } from './endpoints/get-order-queue-positions.ts';
import { getOrders } from './endpoints/get-orders.ts';
import { getPositions } from './endpoints/get-positions.ts';
import { getSeries } from './endpoints/get-series.ts';
import { getSeriesFeeChanges } from './endpoints/get-series-fee-changes.ts';
import { getSeriesList } from './endpoints/get-series-list.ts';
import { getSettlements } from './endpoints/get-settlements.ts';
import { getShardTransfer } from './endpoints/get-shard-transfer.ts';
import { getShardTransfers } from './endpoints/get-shard-transfers.ts';
import { getTrades } from './endpoints/get-trades.ts';
import { getUserDataTimestamp } from './endpoints/get-user-data-timestamp.ts';
import { getWithdrawals } from './endpoints/get-withdrawals.ts';
import { resetOrderGroup } from './endpoints/reset-order-group.ts';
import { transferBetweenShards } from './endpoints/transfer-between-shards.ts';
import { triggerOrderGroup } from './endpoints/trigger-order-group.ts';
import { updateOrderGroupLimit } from './endpoints/update-order-group-limit.ts';

/** Every call of the exchange that this client knows, one file each; `pilot call --list` prints them. */
export const endpoints = [
  amendOrder,
  batchCancelOrders,
  batchCreateOrders,
  batchGetMarketCandlesticks,
  cancelAllOrders,
  cancelOrder,
  createOrderGroup,
  createOrder,
  decreaseOrder,
  deleteOrderGroup,
  getAccountLimits,
  getApiKeys,
  getBalance,
  getDeposits,
  getEndpointCosts,
  getEventCandlesticks,
  getEventFeeChanges,
  getEvent,
  getEvents,
  getExchangeSchedule,
  getExchangeStatus,
  getFills,
  getHistoricalCutoff,
  getHistoricalFills,
  getHistoricalMarketCandlesticks,
  getHistoricalMarkets,
  getHistoricalOrders,
  getHistoricalTrades,
  getIncentivePrograms,
  getMarketCandlesticks,
  getMarketOrderbook,
  getMarketOrderbooks,
  getMarket,
  getMarkets,
  getMilestones,
  getOrderGroup,
  getOrderGroups,
  getOrderQueuePosition,
  getOrderQueuePositions,
  getOrder,
  getOrders,
  getPositions,
  getSeriesFeeChanges,
  getSeriesList,
  getSeries,
  getSettlements,
  getShardTransfer,
  getShardTransfers,
  getTrades,
  getUserDataTimestamp,
  getWithdrawals,
  resetOrderGroup,
  transferBetweenShards,
  triggerOrderGroup,
  updateOrderGroupLimit,
] as const;
