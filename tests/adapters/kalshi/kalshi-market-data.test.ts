import { describe, expect, it } from 'vitest';
import { KalshiMarketData } from '../../../shared/adapters/kalshi/kalshi-market-data.ts';
import type { Asked } from './answering-server.ts';
import { connected } from './connected.ts';
import { madeMarket } from './made-markets.ts';

const made = Date.UTC(2026, 9, 1);
const markets = Array.from({ length: 240 }, (_, index) => madeMarket(index, made));
const named = ({ url }: Asked) => new Set(url.searchParams.get('tickers')?.split(',') ?? []);
const series = (ticker: string, changed: object = {}) => ({
  ticker,
  title: 'Made',
  frequency: 'daily',
  category: 'Economics',
  categories: ['Economics'],
  tags: null,
  settlement_sources: null,
  contract_url: '',
  contract_terms_url: '',
  fee_type: 'quadratic',
  fee_multiplier: 0.5,
  additional_prohibitions: ['Employees of the agency'],
  ...changed,
});
const event = (event_ticker: string, changed: object = {}) => ({
  event_ticker,
  series_ticker: 'KXMADE',
  title: 'Made',
  sub_title: '',
  collateral_return_type: '',
  mutually_exclusive: true,
  settlement_sources: null,
  exchange_index: 2,
  ...changed,
});

interface Told {
  readonly events?: readonly object[];
  readonly seriesAnswer?: object;
  readonly seriesChanges?: readonly object[];
  readonly eventChanges?: readonly object[];
}

const quoting = ({ events, seriesAnswer = series('KXMADE'), seriesChanges = [], eventChanges = [] }: Told = {}) =>
  connected({
    'GET /markets': (asked) => ({ body: { cursor: '', markets: markets.filter(({ ticker }) => named(asked).has(ticker)) } }),
    'GET /events': (asked) => ({ body: { cursor: '', events: events ?? [...named(asked)].map((ticker) => event(ticker)) } }),
    'GET /series/KXMADE': () => ({ body: { series: seriesAnswer } }),
    'GET /series/fee_changes': () => ({ body: { series_fee_change_arr: seriesChanges } }),
    'GET /events/fee_changes': () => ({ body: { event_fee_changes: eventChanges, cursor: '' } }),
  });

const ticker = markets[0]?.ticker ?? '';
const eventTicker = markets[0]?.event_ticker ?? '';
const change = (at: number, changed: object) => ({
  id: String(at),
  series_ticker: 'KXMADE',
  scheduled_ts: new Date(at).toISOString(),
  ...changed,
});

describe('quotes', () => {
  it('come as one board of all that was asked, in batches of 100, each once', async () => {
    const { transport, asked } = await quoting();
    const board = await new KalshiMarketData(transport).quotes([...markets, ...markets].map((market) => market.ticker));
    expect(board.rows).toBe(240);
    expect(asked.filter(({ url }) => url.pathname.endsWith('/markets')).map((question) => named(question).size)).toEqual([100, 100, 40]);
  });

  it('leave out a market that is gone, and of nothing give nothing', async () => {
    const { transport } = await quoting();
    const data = new KalshiMarketData(transport);
    expect((await data.quotes([ticker, 'KXGONE-1'])).ticker).toEqual([ticker]);
    expect((await data.quotes([])).rows).toBe(0);
  });

  it('know fee, category, exclusivity and prohibitions from event and series', async () => {
    const { transport } = await quoting();
    const board = await new KalshiMarketData(transport).quotes([ticker]);
    expect(board.terms(0)).toMatchObject({
      category: 'Economics',
      fee: { type: 'quadratic', multiplier: 5000 },
      mutuallyExclusive: true,
      prohibitions: ['Employees of the agency'],
      shard: 0,
    });
  });

  it("take the event's shard where the market names none", async () => {
    const bare = madeMarket(0, made, { exchange_index: undefined });
    const { transport } = await connected({
      'GET /markets': () => ({ body: { markets: [bare], cursor: '' } }),
      'GET /events': () => ({ body: { events: [event(bare.event_ticker)], cursor: '' } }),
      'GET /series/KXMADE': () => ({ body: { series: series('KXMADE') } }),
      'GET /series/fee_changes': () => ({ body: { series_fee_change_arr: [] } }),
      'GET /events/fee_changes': () => ({ body: { event_fee_changes: [], cursor: '' } }),
    });
    expect((await new KalshiMarketData(transport).quotes([ticker])).terms(0).shard).toBe(2);
  });

  it.each([
    [
      'an override of the event',
      { events: [event(eventTicker, { fee_type_override: 'quadratic_with_maker_fees', fee_multiplier_override: 1 })] },
      { type: 'quadratic_with_maker_fees', multiplier: 10_000 },
    ],
    [
      'a change of the series that has come',
      { seriesChanges: [change(made, { fee_type: 'quadratic', fee_multiplier: 1 })] },
      { type: 'quadratic', multiplier: 10_000 },
    ],
    [
      'no change that is yet to come',
      { seriesChanges: [change(Date.UTC(2200, 0), { fee_type: 'quadratic', fee_multiplier: 1 })] },
      { type: 'quadratic', multiplier: 5000 },
    ],
    [
      'a change of the event that has come',
      { eventChanges: [change(made, { event_ticker: eventTicker, fee_type_override: 'quadratic', fee_multiplier_override: 0 })] },
      { type: 'quadratic', multiplier: 0 },
    ],
    ['nothing where the fee type is new', { seriesAnswer: series('KXMADE', { fee_type: 'cubic' }) }, undefined],
    ['nothing where the event is not listed', { events: [] }, undefined],
  ])('go by %s', async (_, told, fee) => {
    const { transport } = await quoting(told);
    expect((await new KalshiMarketData(transport).quotes([ticker])).terms(0).fee).toEqual(fee);
  });

  it('remember a series for an hour, but read scheduled changes every time', async () => {
    const { transport, asked, clock } = await quoting();
    const data = new KalshiMarketData(transport);
    const times = (path: string) => asked.filter(({ url }) => url.pathname.endsWith(path)).length;
    for (let turn = 0; turn < 3; turn++) await data.quotes([ticker]);
    expect([times('/series/KXMADE'), times('/series/fee_changes')]).toEqual([1, 3]);
    clock.advance(3_601_000);
    await data.quotes([ticker]);
    expect(times('/series/KXMADE')).toBe(2);
  });
});

describe('order books', () => {
  it('come best first, cut to the depth, in batches of 100', async () => {
    const { transport, asked } = await connected({
      'GET /markets/orderbooks': ({ url }) => ({
        body: {
          orderbooks: url.searchParams.getAll('tickers').map((name) => ({
            ticker: name,
            orderbook_fp: {
              yes_dollars: [
                ['0.0100', '5.00'],
                ['0.4000', '2.50'],
                ['0.4100', '1.00'],
              ],
              no_dollars: null,
            },
          })),
        },
      }),
    });
    const books = await new KalshiMarketData(transport).orderBooks(
      markets.map((market) => market.ticker),
      2,
    );
    expect(asked).toHaveLength(3);
    expect(books.size).toBe(240);
    expect(books.get(ticker)).toMatchObject({
      yes: [
        { price: 4100, count: 100 },
        { price: 4000, count: 250 },
      ],
      no: [],
    });
  });
});

describe('outcomes', () => {
  const ended = (index: number, changed: object) =>
    madeMarket(index, made, { status: 'finalized', settlement_ts: '2026-10-20T12:00:00Z', ...changed });

  it('are of finalized markets only, and of old ones where those are kept', async () => {
    const current = [
      ended(0, { result: 'yes', settlement_value_dollars: '1.0000' }),
      ended(1, { result: 'no' }),
      ended(2, { result: 'scalar', settlement_value_dollars: '0.312500' }),
      ended(3, { result: 'scalar', settlement_value_dollars: null }),
      ended(4, { result: 'yes', status: 'determined' }),
      ended(5, { result: '' }),
    ];
    const old = ended(6, { result: 'yes' });
    const { transport } = await connected({
      'GET /markets': () => ({ body: { markets: current, cursor: '' } }),
      'GET /historical/markets': (asked) => ({ body: { markets: named(asked).has(old.ticker) ? [old] : [], cursor: '' } }),
    });
    const outcomes = await new KalshiMarketData(transport).outcomes([...current, old].map((market) => market.ticker));
    expect(outcomes.map(({ result, yesValue }) => [result, yesValue])).toEqual([
      ['yes', 1_000_000],
      ['no', 0],
      ['scalar', 312_500],
      ['yes', 1_000_000],
    ]);
    expect(outcomes[0]?.settledAt).toBe(Date.UTC(2026, 9, 20, 12));
  });
});

describe('the status', () => {
  it('is of the exchange and of each shard, with the time it hopes to resume', async () => {
    const { transport } = await connected({
      'GET /exchange/status': () => ({
        body: {
          exchange_active: true,
          trading_active: false,
          exchange_estimated_resume_time: '2026-11-05T10:00:00Z',
          exchange_index_statuses: [
            {
              exchange_index: 0,
              description: 'default',
              exchange_active: true,
              trading_active: true,
              intra_exchange_transfers_active: true,
            },
            {
              exchange_index: 2,
              description: 'crypto',
              exchange_active: false,
              trading_active: false,
              intra_exchange_transfers_active: false,
            },
          ],
        },
      }),
    });
    const status = await new KalshiMarketData(transport).status();
    expect(status).toMatchObject({ exchangeActive: true, tradingActive: false, estimatedResume: Date.UTC(2026, 10, 5, 10) });
    expect(status.shards.get(2)).toEqual({ exchangeActive: false, tradingActive: false });
    expect(status.shards.get(7)).toBeUndefined();
    expect(status.skew).toBe(0);
  });
});
