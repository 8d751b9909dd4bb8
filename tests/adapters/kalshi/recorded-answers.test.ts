import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { decodeAnswer } from '../../../shared/adapters/kalshi/decode-answer.ts';
import { batchGetMarketCandlesticks } from '../../../shared/adapters/kalshi/endpoints/batch-get-market-candlesticks.ts';
import { getBalance } from '../../../shared/adapters/kalshi/endpoints/get-balance.ts';
import { getEvent } from '../../../shared/adapters/kalshi/endpoints/get-event.ts';
import { getEventCandlesticks } from '../../../shared/adapters/kalshi/endpoints/get-event-candlesticks.ts';
import { getEvents } from '../../../shared/adapters/kalshi/endpoints/get-events.ts';
import { getExchangeSchedule } from '../../../shared/adapters/kalshi/endpoints/get-exchange-schedule.ts';
import { getExchangeStatus } from '../../../shared/adapters/kalshi/endpoints/get-exchange-status.ts';
import { getFills } from '../../../shared/adapters/kalshi/endpoints/get-fills.ts';
import { getIncentivePrograms } from '../../../shared/adapters/kalshi/endpoints/get-incentive-programs.ts';
import { getMarket } from '../../../shared/adapters/kalshi/endpoints/get-market.ts';
import { getMarketCandlesticks } from '../../../shared/adapters/kalshi/endpoints/get-market-candlesticks.ts';
import { getMarketOrderbook } from '../../../shared/adapters/kalshi/endpoints/get-market-orderbook.ts';
import { getMarkets } from '../../../shared/adapters/kalshi/endpoints/get-markets.ts';
import { getMilestones } from '../../../shared/adapters/kalshi/endpoints/get-milestones.ts';
import { getOrder } from '../../../shared/adapters/kalshi/endpoints/get-order.ts';
import { getOrderGroup } from '../../../shared/adapters/kalshi/endpoints/get-order-group.ts';
import { getOrderGroups } from '../../../shared/adapters/kalshi/endpoints/get-order-groups.ts';
import { getOrders } from '../../../shared/adapters/kalshi/endpoints/get-orders.ts';
import { getPositions } from '../../../shared/adapters/kalshi/endpoints/get-positions.ts';
import { getSeries } from '../../../shared/adapters/kalshi/endpoints/get-series.ts';
import { getSeriesFeeChanges } from '../../../shared/adapters/kalshi/endpoints/get-series-fee-changes.ts';
import { getSeriesList } from '../../../shared/adapters/kalshi/endpoints/get-series-list.ts';
import { getSettlements } from '../../../shared/adapters/kalshi/endpoints/get-settlements.ts';
import { getTrades } from '../../../shared/adapters/kalshi/endpoints/get-trades.ts';
import { getUserDataTimestamp } from '../../../shared/adapters/kalshi/endpoints/get-user-data-timestamp.ts';
import { readMarketPage } from '../../../shared/adapters/kalshi/market-page.ts';
import { SchemaCanary } from '../../../shared/adapters/kalshi/schema-canary.ts';
import { describeRecorded, itRecorded } from '../../recorded-data.ts';

/** Endpoint, recording, and one field each that the recording of January 2026 lacks and has too much; '' for none. */
const recordings = [
  [getBalance, 'portfolio_balance', 'balance_dollars', ''],
  [getEvent, 'event_single', 'markets.volume_fp', 'markets.yes_bid'],
  [getEvents, 'events_list', '', 'events.available_on_brokers'],
  [getExchangeSchedule, 'exchange_schedule', '', ''],
  [getExchangeStatus, 'exchange_status', '', ''],
  [getFills, 'portfolio_fills', 'fills.fee_cost', 'fills.yes_price_fixed'],
  [getIncentivePrograms, 'incentive_programs', 'incentive_programs.market_id', 'incentive_programs.target_size'],
  [getMarket, 'market_single', 'market.yes_bid_size_fp', 'market.yes_ask'],
  [getMarkets, 'markets_list', 'markets.yes_bid_size_fp', 'markets.tick_size'],
  [getMarketOrderbook, 'orderbook', 'orderbook_fp', 'orderbook'],
  [getMarketCandlesticks, 'series_candlesticks', 'candlesticks.volume_fp', 'candlesticks.volume'],
  [getEventCandlesticks, 'event_candlesticks', 'market_candlesticks.volume_fp', 'market_candlesticks.volume'],
  [batchGetMarketCandlesticks, 'candlesticks_batch', 'markets.candlesticks.volume_fp', 'markets.candlesticks.volume'],
  [getMilestones, 'milestones_list', '', ''],
  [getOrder, 'portfolio_order_single', 'order.fill_count_fp', 'order.fill_count'],
  [getOrders, 'portfolio_orders', 'orders.outcome_side', 'orders.queue_position'],
  [getOrderGroup, 'order_group_single', '', ''],
  [getOrderGroups, 'order_groups_list', '', ''],
  [getPositions, 'portfolio_positions', 'market_positions.position_fp', 'market_positions.position'],
  [getSeries, 'series_single', 'series.categories', ''],
  [getSeriesList, 'series_list', 'series.categories', ''],
  [getSeriesFeeChanges, 'series_fee_changes', '', ''],
  [getSettlements, 'portfolio_settlements', 'settlements.yes_total_cost_dollars', 'settlements.yes_total_cost'],
  [getTrades, 'trades_list', 'trades.count_fp', 'trades.count'],
  [getUserDataTimestamp, 'user_data_timestamp', '', ''],
] as const;

describeRecorded('the recorded answers of January 2026', 'api-golden-jan2026', (folder) => {
  it.each(recordings)('$name decodes $1, and the canary names what is old', (endpoint, recording, missing, unknown) => {
    const { response } = JSON.parse(readFileSync(join(folder, `${recording}_response.json`), 'utf8')) as { response: unknown };
    const canary = new SchemaCanary();
    decodeAnswer<(typeof endpoint)['answer']>(endpoint, JSON.stringify(response), canary);
    const seen = (oddity: string) =>
      canary
        .sightings()
        .filter((sighting) => sighting.oddity === oddity)
        .map(({ field }) => field);
    if (missing !== '') expect(seen('missing')).toContain(`${endpoint.name}.${missing}`);
    else expect(seen('missing')).toEqual([]);
    if (unknown !== '') expect(seen('unknown')).toContain(`${endpoint.name}.${unknown}`);
    else expect(seen('unknown')).toEqual([]);
    expect(seen('refused')).toEqual([]);
  });
});

itRecorded('a hundred recorded markets become a board, by hand and by schema alike', 'fed-decision/markets_20260219.json', (file) => {
  const text = readFileSync(file, 'utf8');
  const canary = new SchemaCanary();
  const { board, cursor } = readMarketPage(text, { at: 1, canary });
  const { markets } = decodeAnswer(getMarkets, text, new SchemaCanary());
  expect(board.rows).toBe(100);
  expect(cursor).toBe('');
  markets.forEach((market, row) => {
    expect(board.ticker[row]).toBe(market.ticker);
    expect(board.bid[row]).toBe(market.yes_bid_dollars ?? Number.NaN);
    expect(board.ask[row]).toBe(market.yes_ask_dollars ?? Number.NaN);
    expect(board.volume[row]).toBe(market.volume_fp ?? Number.NaN);
    expect(board.volume24h[row]).toBe(market.volume_24h_fp ?? Number.NaN);
    expect(board.openInterest[row]).toBe(market.open_interest_fp ?? Number.NaN);
    expect(board.closeTime[row]).toBe(market.close_time);
    expect(board.series[row]).toBe('KXFEDDECISION');
  });
  const fields = canary.sightings().map(({ oddity, field }) => `${oddity} ${field}`);
  expect(fields).toContain('unknown GetMarkets.markets.liquidity_dollars');
  expect(fields).toContain('missing GetMarkets.markets.price_ranges');
  expect(fields).toContain('refused GetMarkets.markets.yes_bid_size_fp');
});
