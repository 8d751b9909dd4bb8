import type { CheckState, GateView } from '../../../shared/domain/risk/check.ts';
import type { CheckName } from '../../../shared/domain/risk/checks.ts';
import { NOON, plainTerms } from '../../fixtures/market-rows.ts';
import { aBook, anEntry, aPosition, aRepeg, cents, contracts, defaultLimits, usd } from '../../fixtures/trading-desk.ts';

const nothing = new Map<never, never>();
const { strategy: _strategy, ...handHeld } = aPosition();
const bought = { ...aPosition(), count: contracts(5) };
export const held = (changes = {}) => new Map([['KXA-1-T1', aPosition(changes)]]);
const lacking = (...columns: readonly ('category' | 'shard' | 'prohibitions' | 'exchangeStatus' | 'positionLimit')[]) => new Set(columns);

/** An order that nothing speaks against. */
export const fine: GateView = {
  order: anEntry(),
  status: 'active',
  terms: plainTerms,
  quote: { at: NOON, bid: cents(49), ask: cents(51), bidSize: contracts(500), askSize: contracts(500) },
  book: aBook(),
  limits: defaultLimits,
  lacks: new Set(),
  shardOpen: true,
  at: NOON,
};
const book = (changes: Parameters<typeof aBook>[0]) => ({ book: aBook(changes) });
const order = (changes: Parameters<typeof anEntry>[0]) => ({ order: anEntry(changes) });
const limits = (changes: Partial<GateView['limits']>) => ({ limits: { ...defaultLimits, ...changes } });
export const anExit = anEntry({ purpose: 'exit', action: 'sell', reduceOnly: true, risk: usd(0) });
const { category: _, ...withoutCategory } = anEntry();
const { fair: __, ...withoutFair } = anEntry();
const { prohibitions: ___, ...withoutProhibitions } = plainTerms;
const { category: ____, ...uncategorised } = anEntry();
const list = (changes: Partial<GateView['limits']['allow']>) => ({ categories: [], series: [], tickers: [], ...changes });

export type Case = readonly [CheckState, string, Partial<GateView>];
/** Every check in every state it can be in: pass, fail, unknown, not applicable. */
export const cases: Readonly<Record<CheckName, readonly Case[]>> = {
  active: [
    ['pass', 'an active book', {}],
    ['fail', 'a reducing book', book({ state: 'reducing', stateReason: 'outage' })],
    ['fail', 'a halted book', book({ state: 'halted' })],
  ],
  worthIt: [
    ['pass', 'more worth than cost', {}],
    ['fail', 'cost equal to worth', order({ price: cents(60) })],
    ['fail', 'cost equal to worth with its fee', order({ price: cents(59), feePredicted: usd(0.1) })],
    ['unknown', 'no fair probability', { order: withoutFair }],
  ],
  affordable: [
    ['pass', 'cash that keeps the reserve', book({ cash: usd(205) })],
    ['fail', 'cash that would break it', book({ cash: usd(204.999999) })],
  ],
  withinTotal: [
    ['not-applicable', 'no capital limit', {}],
    ['pass', 'room under it', limits({ capitalMax: usd(100) })],
    ['fail', 'none left', { ...limits({ capitalMax: usd(100) }), ...book({ exposure: new Map([['total', usd(95.000001)]]) }) }],
  ],
  withinMarket: [
    ['pass', 'exactly what is left', book({ exposure: new Map([['market:KXA-1-T1', usd(25)]]) })],
    ['fail', 'a micro-dollar more', book({ exposure: new Map([['market:KXA-1-T1', usd(25.000001)]]) })],
    ['fail', 'a bankroll of nothing', book({ equityFloor: usd(0) })],
  ],
  withinEvent: [
    ['pass', 'exactly what is left', book({ exposure: new Map([['event:KXA-1', usd(115)]]) })],
    ['fail', 'a micro-dollar more', book({ exposure: new Map([['event:KXA-1', usd(115.000001)]]) })],
  ],
  withinCategory: [
    ['pass', 'exactly what is left', book({ exposure: new Map([['category:Climate', usd(295)]]) })],
    ['fail', 'a micro-dollar more', book({ exposure: new Map([['category:Climate', usd(295.000001)]]) })],
    ['unknown', 'an unknown category', { order: withoutCategory }],
    ['not-applicable', 'a source without categories', { lacks: lacking('category') }],
  ],
  shardFunded: [
    ['not-applicable', 'an account without shards', {}],
    ['not-applicable', 'a source without shards', { ...book({ shardCash: nothing }), lacks: lacking('shard') }],
    ['pass', 'cash where the market is', book({ shardCash: new Map([[0, usd(5)]]) })],
    [
      'fail',
      'cash elsewhere',
      book({
        shardCash: new Map([
          [0, usd(4)],
          [1, usd(900)],
        ]),
      }),
    ],
    ['unknown', 'an unknown shard', { ...book({ shardCash: new Map([[0, usd(5)]]) }), ...order({ shard: undefined }) }],
    ['unknown', 'a shard of unknown cash', book({ shardCash: nothing })],
  ],
  fewEnough: [
    ['pass', 'one place left', book({ busy: new Set(Array.from({ length: 11 }, (_, index) => `B${index}`)) })],
    ['fail', 'none left', book({ busy: new Set(Array.from({ length: 12 }, (_, index) => `B${index}`)) })],
  ],
  withinDrawdown: [
    ['pass', 'less than the limit', book({ drawdown: 0.1999 })],
    ['fail', 'the limit itself', book({ drawdown: 0.2 })],
    ['unknown', 'no history of equity', book({ drawdown: undefined })],
  ],
  withinDailyLoss: [
    ['pass', 'less than the share', book({ dayPnl: usd(-86) })],
    ['fail', 'the share of what the day began with', book({ dayPnl: usd(-87) })],
    ['fail', 'the dollars, where they are fewer', { ...book({ dayPnl: usd(-40) }), ...limits({ dailyLossUsd: usd(40) }) }],
    ['unknown', 'an unknown beginning', book({ dayPnl: undefined })],
  ],
  noLosingStreak: [
    ['pass', 'one less than the limit', book({ losingStreak: 4 })],
    ['fail', 'the limit itself', book({ losingStreak: 5 })],
  ],
  exchangeOpen: [
    ['pass', 'an open shard', {}],
    ['fail', 'a paused shard', { shardOpen: false }],
    ['unknown', 'a shard nobody knows of', { shardOpen: undefined }],
    ['not-applicable', 'a recording', { shardOpen: undefined, lacks: lacking('exchangeStatus') }],
  ],
  marketActive: [
    ['pass', 'an active market', {}],
    ['fail', 'a closed one', { status: 'closed' }],
  ],
  allowed: [
    ['pass', 'no lists', {}],
    ['pass', 'a listed series', limits({ allow: list({ series: ['KXA'] }) })],
    ['pass', 'a listed market', limits({ allow: list({ tickers: ['KXA-1-T1'] }) })],
    ['pass', 'a listed category', limits({ allow: list({ categories: ['Climate'] }) })],
    ['fail', 'another category', limits({ allow: list({ categories: ['Sports'] }) })],
    ['pass', 'a market among the tickers of the run', limits({ only: ['KXA-1-T1'] })],
    [
      'fail',
      'a listed market that is not among the tickers of the run',
      limits({ allow: list({ tickers: ['KXA-1-T1'] }), only: ['KXB-1'] }),
    ],
    ['fail', 'a denied market among the tickers of the run', limits({ deny: list({ tickers: ['KXA-1-T1'] }), only: ['KXA-1-T1'] })],
    ['fail', 'a denied market, allowed or not', limits({ allow: list({ series: ['KXA'] }), deny: list({ tickers: ['KXA-1-T1'] }) })],
    ['unknown', 'an unknown category where one is asked', { order: uncategorised, ...limits({ deny: list({ categories: ['Sports'] }) }) }],
    [
      'not-applicable',
      'a source without categories',
      { order: uncategorised, ...limits({ deny: list({ categories: ['Sports'] }) }), lacks: lacking('category') },
    ],
  ],
  acknowledged: [
    ['pass', 'no prohibitions', {}],
    ['fail', 'prohibitions nobody has read', { terms: { ...plainTerms, prohibitions: ['no employees'] } }],
    [
      'pass',
      'prohibitions that were read',
      { terms: { ...plainTerms, prohibitions: ['no employees'] }, ...limits({ acknowledgedSeries: ['KXA'] }) },
    ],
    ['unknown', 'unknown prohibitions', { terms: withoutProhibitions }],
    ['not-applicable', 'a recording', { terms: withoutProhibitions, lacks: lacking('prohibitions') }],
  ],
  feeKnown: [
    ['pass', 'a known type', {}],
    ['unknown', 'another', { terms: { ...plainTerms, fee: undefined } }],
  ],
  onGrid: [
    ['pass', 'a whole cent', {}],
    ['fail', 'half a cent', order({ price: cents(50.5) })],
    ['unknown', 'an unknown grid', { terms: { ...plainTerms, priceRanges: undefined } }],
  ],
  fresh: [
    ['pass', 'a quote of 90 seconds', { quote: { ...fine.quote, at: NOON - 90_000 } }],
    ['fail', 'an older one', { quote: { ...fine.quote, at: NOON - 90_001 } }],
    ['unknown', 'one of unknown age', { quote: { ...fine.quote, at: Number.NaN } }],
  ],
  withinSlippage: [
    ['pass', 'two cents over the ask', order({ price: cents(53) })],
    ['fail', 'three cents over', order({ price: cents(54) })],
    ['unknown', 'no ask', { quote: { ...fine.quote, ask: undefined } }],
  ],
  withinExchangeLimit: [
    ['not-applicable', 'no limit', {}],
    ['not-applicable', 'a recording', { terms: { ...plainTerms, positionLimit: contracts(1) }, lacks: lacking('positionLimit') }],
    ['pass', 'room for the order', { terms: { ...plainTerms, positionLimit: contracts(10) } }],
    ['fail', 'too little room', { terms: { ...plainTerms, positionLimit: contracts(9) } }],
  ],
  bookFits: [
    ['pass', 'paper only, on paper', { order: anEntry({ paperOnly: true }) }],
    ['pass', 'a forecast any book may follow', { order: anEntry({ book: 'live' }) }],
    ['fail', 'paper only, with real money', { order: anEntry({ book: 'live', paperOnly: true }) }],
  ],
  withinBounds: [
    ['pass', 'the ceiling itself, the last time', { repeg: aRepeg({ to: cents(52), number: 3 }) }],
    ['fail', 'more than the ceiling', { repeg: aRepeg({ to: cents(52.1) }) }],
    ['fail', 'once too often', { repeg: aRepeg({ number: 4 }) }],
  ],
  oneOrder: [
    ['pass', 'no live order', book({ busy: new Set(['other']) })],
    ['fail', 'one of the same market', book({ busy: new Set(['KXA-1-T1']) })],
  ],
  oneSide: [
    ['pass', 'nothing held', {}],
    ['fail', 'something held', book({ positions: held() })],
  ],
  holdsEnough: [
    ['not-applicable', 'an entry', {}],
    ['pass', 'an exit of what is held', { order: anExit, ...book({ positions: held() }) }],
    ['fail', 'an exit of more', { order: { ...anExit, count: contracts(11) }, ...book({ positions: held() }) }],
    [
      'pass',
      'an exit of ours beside contracts bought by hand',
      { order: anExit, ...book({ positions: held({ count: contracts(15), byHand: bought }) }) },
    ],
    [
      'fail',
      'an exit that would sell what was bought by hand',
      { order: anExit, ...book({ positions: held({ count: contracts(14), byHand: bought }) }) },
    ],
    ['fail', 'an exit of what was all bought by hand', { order: anExit, ...book({ positions: new Map([['KXA-1-T1', handHeld]]) }) }],
    ['fail', 'an exit of the other side', { order: anExit, ...book({ positions: held({ side: 'no' }) }) }],
    ['fail', 'an exit of nothing', { order: anExit }],
  ],
  unlocked: [
    ['pass', 'a lock elsewhere', book({ locks: [{ scope: 'market', name: 'other', until: NOON + 1, why: 'x' }] })],
    ['fail', 'a lock on the market', book({ locks: [{ scope: 'market', name: 'KXA-1-T1', until: NOON + 1, why: 'x' }] })],
    ['fail', 'a lock on its series', book({ locks: [{ scope: 'series', name: 'KXA', until: NOON + 1, why: 'x' }] })],
    ['fail', 'a lock on its category', book({ locks: [{ scope: 'category', name: 'Climate', until: NOON + 1, why: 'x' }] })],
    ['fail', 'a lock on everything', book({ locks: [{ scope: 'all', name: '', until: NOON + 1, why: 'x' }] })],
  ],
};
