import { describe, expect, it } from 'vitest';
import { untouchedBreaker } from '../../../shared/domain/breaker.ts';
import { watchKey } from '../../../shared/domain/exits/exit-rules.ts';
import type { LedgerEntry } from '../../../shared/domain/ledger.ts';
import { foldLedger } from '../../../shared/domain/ledger.ts';
import type { OrderRecord } from '../../../shared/domain/order.ts';
import type { Trade } from '../../../shared/domain/position.ts';
import { bankrollOf, heldCount, marketsIn, withApproval } from '../../../shared/domain/risk/book-view.ts';
import type { BookFacts } from '../../../shared/domain/risk/make-book-view.ts';
import { equityFloorOf, makeBookView, marksOf } from '../../../shared/domain/risk/make-book-view.ts';
import { makeConfig } from '../../../shared/system/config/config.ts';
import { protectionSettings } from '../../../shared/system/config/domain-settings.ts';
import { aDeposit, aFill } from '../../contract/store-examples.ts';
import { aBoard, aRow, HOUR, NOON } from '../../fixtures/market-rows.ts';
import { aBook, anEntry, cents, contracts, defaultLimits, usd } from '../../fixtures/trading-desk.ts';

const protections = protectionSettings(makeConfig({}));
const bought: readonly LedgerEntry[] = [
  aDeposit('d', usd(100)),
  aFill('f', { ticker: 'KXA-1-T1', event: 'KXA-1', count: contracts(10), fee: usd(0) }),
];
const facts = (changes: Partial<BookFacts> = {}): BookFacts => ({
  book: 'paper',
  ledger: foldLedger(bought),
  peak: usd(0),
  dayStart: usd(0),
  breaker: untouchedBreaker,
  live: [],
  counters: { held: new Map(), version: 0 },
  trades: [],
  watches: new Map(),
  shardCash: undefined,
  ...changes,
});
const view = (changes: Partial<BookFacts> = {}, row = aRow()) => makeBookView(facts(changes), aBoard([row]), protections);
const seen = new Map([[watchKey('paper', 'KXA-1-T1'), { peak: cents(60), lastBid: cents(55) }]]);
const trade = (pnl: number, closedAt = NOON): Trade =>
  ({
    ticker: 'T',
    event: 'E',
    strategy: 'dips',
    side: 'yes',
    count: contracts(1),
    cost: usd(1),
    proceeds: usd(1),
    fees: usd(0),
    pnl: usd(pnl),
    openedAt: 0,
    closedAt,
    exit: 'settled',
  }) as const;

describe('the equity that decisions count on', () => {
  const floor = (row = aRow(), watches: BookFacts['watches'] = seen) => equityFloorOf(facts({ watches }), aBoard([row]));

  it('is cash and bids', () => expect(floor()).toBe(usd(95 + 4.9)));
  it('counts nothing for an active market without a bid', () => expect(floor(aRow({ bid: 0 }))).toBe(usd(95)));
  it('counts the last bid seen while a market waits for its result', () => {
    expect(floor(aRow({ status: 'closed' }))).toBe(usd(95 + 5.5));
    expect(floor(aRow({ ticker: 'other' }))).toBe(usd(95 + 5.5));
    expect(floor(aRow({ status: 'closed' }), new Map())).toBe(usd(95));
  });
  it('marks only what trades: for the rest there is no bid', () => {
    const { ledger } = facts();
    expect(marksOf(ledger, aBoard([aRow()])).get('KXA-1-T1')).toBe(4_900);
    for (const row of [aRow({ bid: 0 }), aRow({ status: 'closed' }), aRow({ ticker: 'other' })])
      expect(marksOf(ledger, aBoard([row])).get('KXA-1-T1')).toBeUndefined();
  });
});

describe('a book as decisions see it', () => {
  it('has lost a share of its best, deposits in both', () => {
    expect(view().drawdown).toBeCloseTo(0.1 / 100, 12);
    expect(view({ peak: usd(20) }).drawdown).toBeCloseTo(20.1 / 120, 12);
    expect(view({ peak: usd(-1) }).drawdown).toBe(0);
    expect(view({ peak: undefined }).drawdown).toBeUndefined();
    expect(view({ peak: usd(0), ledger: foldLedger([]) }).drawdown).toBeUndefined();
  });

  it('says why it has stopped where that was written down', () => {
    expect(view()).not.toHaveProperty('stateReason');
    expect(view({ breaker: { ...untouchedBreaker, state: 'halted', detail: 'by hand' } })).toMatchObject({
      state: 'halted',
      stateReason: 'by hand',
    });
  });

  it('has no share of a best that was no more than what was lost of the deposits', () => {
    expect(view({ peak: usd(-100) }).drawdown).toBeUndefined();
    expect(view({ peak: usd(-99) }).drawdown).toBe(0);
  });

  it('does not take a deposit for a gain or a withdrawal for a loss', () => {
    for (const amount of [usd(900), usd(-50)]) {
      const moved = foldLedger([...bought, aDeposit('later', amount)]);
      expect(view({ ledger: moved }).dayPnl).toBe(view().dayPnl);
    }
  });

  it('knows the day’s P&L only where it knows the day’s start', () => {
    expect(view({ dayStart: usd(2) }).dayPnl).toBe(usd(-2.1));
    expect(view({ dayStart: undefined }).dayPnl).toBeUndefined();
  });

  it('counts losses in a row, newest first, that nobody has answered for', () => {
    expect(view({ trades: [trade(-1), trade(-1), trade(1), trade(-1)] }).losingStreak).toBe(2);
    expect(view({ trades: [trade(-1), trade(-1)] }).losingStreak).toBe(2);
    expect(view({ trades: [trade(0)] }).losingStreak).toBe(0);
    const byHand = (pnl: number): Trade => {
      const { strategy: _, ...made } = trade(pnl);
      return made;
    };
    expect(view({ trades: [trade(-1), byHand(-1), trade(-1), byHand(1), trade(1)] }).losingStreak).toBe(2);
    const breaker = { ...untouchedBreaker, resumedAt: NOON - HOUR };
    expect(view({ breaker, trades: [trade(-1), trade(-1, NOON - 2 * HOUR)] }).losingStreak).toBe(1);
    expect(view({ breaker, trades: [trade(-1), trade(-1, NOON - HOUR)] }).losingStreak).toBe(1);
  });

  it('has spent what live orders may cost, and is busy where they are', () => {
    const order = { intent: anEntry(), held: usd(5) } as OrderRecord;
    expect(view({ live: [order] })).toMatchObject({ cash: usd(90), busy: new Set(['KXA-1-T1']) });
  });

  it('knows the entries that rest, by market: no exit, and nothing that is still on its way', () => {
    const record = (state: OrderRecord['state'], changes: Parameters<typeof anEntry>[0] = {}) =>
      ({ intent: anEntry(changes), held: usd(5), state }) as OrderRecord;
    const resting = record('resting');
    const others = [
      record('sent', { ticker: 'S' }),
      record('resting', { ticker: 'X', purpose: 'exit' }),
      record('unknown', { ticker: 'U' }),
    ];
    expect([...view({ live: [resting, ...others] }).resting]).toEqual([['KXA-1-T1', resting]]);
  });

  it('after an approval has that much less, there and in its shard', () => {
    const before = aBook({
      shardCash: new Map([
        [0, usd(50)],
        [1, usd(7)],
      ]),
    });
    const after = withApproval(before, anEntry());
    expect(after).toMatchObject({ cash: usd(995), busy: new Set(['KXA-1-T1']) });
    expect(after.shardCash).toEqual(
      new Map([
        [0, usd(45)],
        [1, usd(7)],
      ]),
    );
    expect(after.exposure.get('market:KXA-1-T1')).toBe(usd(5));
    expect(before.cash).toBe(usd(1000));
    expect(before.shardCash?.get(0)).toBe(usd(50));
  });

  it('after an approval in a shard nobody knows, or where there are none, has the same shards as before', () => {
    const shards = new Map([[0, usd(50)]]);
    expect(withApproval(aBook({ shardCash: shards }), anEntry({ shard: undefined })).shardCash).toEqual(shards);
    expect(withApproval(aBook({ shardCash: shards }), anEntry({ shard: 7 })).shardCash).toEqual(shards);
    expect(withApproval(aBook(), anEntry()).shardCash).toBeUndefined();
  });

  it('is in each market once, held or about to be', () => {
    const positions = view().positions;
    expect(marketsIn({ positions, busy: new Set() })).toBe(1);
    expect(marketsIn({ positions, busy: new Set(['KXA-1-T1', 'KXB-1-T1']) })).toBe(2);
  });

  it('takes shares of equity, but of no more than it may use, and of no debt', () => {
    expect(bankrollOf(aBook(), defaultLimits)).toBe(usd(1000));
    expect(bankrollOf(aBook(), { ...defaultLimits, capitalMax: usd(200) })).toBe(usd(200));
    expect(bankrollOf(aBook({ equityFloor: usd(-3) }), defaultLimits)).toBe(0);
    expect(heldCount(view(), 'KXA-1-T1')).toBe(1_000);
    expect(heldCount(view(), 'other')).toBe(0);
  });
});
