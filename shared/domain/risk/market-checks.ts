import type { BoardColumn } from '../board.ts';
import { snapHeldDown } from '../market.ts';
import type { OrderIntent } from '../order.ts';
import { ownPart } from '../position.ts';
import { heldCount } from './book-view.ts';
import type { Check, CheckResult } from './check.ts';
import { absent, judge, known } from './check.ts';
import type { RiskLimits } from './limits.ts';
import { lockOn } from './protections.ts';

/** What must hold of the market, its quote and what is already there. Adding a rule is adding an entry. */
export const marketChecks = {
  exchangeOpen: {
    holds: "the exchange and the market's shard trade",
    fix: 'wait: the next scan asks again',
    exits: true,
    repegs: true,
    judge: ({ shardOpen, lacks, order }) =>
      lacks.has('exchangeStatus')
        ? absent('exchange status')
        : known(shardOpen, (open) => judge(open, `shard ${order.shard} ${open ? 'trades' : 'is paused'}`), 'exchange status'),
  },
  marketActive: {
    holds: 'the market is active',
    fix: 'nothing: a market that is not active takes no orders',
    exits: true,
    repegs: true,
    judge: ({ status }) => judge(status === 'active', `market is ${status}`),
  },
  allowed: {
    holds: 'your lists allow the market',
    fix: 'change the allow and deny lists',
    setting: 'capital.allow',
    repegs: true,
    judge: ({ order, limits, lacks }) => allowed(order, limits, lacks),
  },
  acknowledged: {
    holds: 'the series prohibits nobody, or you have read its prohibitions',
    fix: 'read them on the exchange and add the series to capital.acknowledgedSeries',
    setting: 'capital.acknowledgedSeries',
    judge: ({ terms, order, limits, lacks }) => {
      if (lacks.has('prohibitions')) return absent('prohibitions');
      return known(
        terms.prohibitions,
        (list) => judge(list.length === 0 || limits.acknowledgedSeries.includes(order.series), list.join('; ') || 'none'),
        'prohibitions',
      );
    },
  },
  feeKnown: {
    holds: 'the fee type is one we can compute',
    fix: 'nothing: an unknown fee type is never traded',
    repegs: true,
    judge: ({ terms }) => (terms.fee ? judge(true, terms.fee.type) : { state: 'unknown', detail: 'fee type unknown' }),
  },
  onGrid: {
    holds: "the price is on the market's tick grid",
    fix: 'nothing: the next scan reads the grid again',
    exits: true,
    repegs: true,
    judge: ({ order, terms }) =>
      known(
        terms.priceRanges,
        (ranges) => judge(snapHeldDown(order.price, order.side, ranges) === order.price, `price ${order.price}`),
        'tick grid',
      ),
  },
  fresh: {
    holds: 'the quote it was decided on is recent',
    fix: 'wait for the next scan; raise risk.maxQuoteAgeSeconds if your schedule is slower',
    setting: 'risk.maxQuoteAgeSeconds',
    repegs: true,
    judge: ({ quote, at, limits }) =>
      known(
        Number.isNaN(quote.at) ? undefined : at - quote.at,
        (age) =>
          judge(age <= limits.maxQuoteAgeSeconds * 1000, `quote is ${Math.round(age / 1000)} s old, limit ${limits.maxQuoteAgeSeconds} s`),
        "quote's age",
      ),
  },
  withinSlippage: {
    holds: 'a buy pays at most the slippage allowed over the ask it was decided on',
    fix: 'raise risk.maxSlippage',
    setting: 'risk.maxSlippage',
    repegs: true,
    judge: ({ order, quote, limits }) =>
      known(quote.ask, (ask) => judge(order.price <= ask + limits.maxSlippage, `limit ${cents(order.price)}, ask ${cents(ask)}`), 'ask'),
  },
  withinExchangeLimit: {
    holds: "the position stays within the exchange's limit",
    fix: 'nothing: the exchange sets it',
    judge: ({ book, order, terms, lacks }) => {
      if (lacks.has('positionLimit') || terms.positionLimit === undefined) return absent('position limit');
      return judge(heldCount(book, order.ticker) + order.count <= terms.positionLimit, `limit ${terms.positionLimit / 100}`);
    },
  },
  bookFits: {
    holds: 'real money follows no forecast that is for paper only',
    fix: 'nothing: a forecast this far from the market must prove itself on paper',
    repegs: true,
    judge: ({ order }) =>
      judge(order.book === 'paper' || !order.paperOnly, order.paperOnly ? `for paper, asked of ${order.book}` : 'any book'),
  },
  withinBounds: {
    holds: 'a re-peg stays under the ceiling whose money was reserved, and within its number',
    fix: 'nothing: it rests where it is; risk.maxSlippage and execution.repegs are for the next order',
    setting: 'execution.repegs',
    repegs: 'only',
    judge: ({ repeg }) =>
      known(
        repeg,
        ({ to, number, bounds: { ceiling, times } }) =>
          judge(to <= ceiling && number <= times, `${cents(to)} of ${cents(ceiling)}, re-peg ${number} of ${times}`),
        're-peg',
      ),
  },
  oneOrder: {
    holds: 'no other order of the market is alive',
    fix: 'wait until it fills, lapses or is cancelled',
    exits: true,
    judge: ({ book, order }) => judge(!book.busy.has(order.ticker), book.busy.has(order.ticker) ? 'an order is alive' : 'none'),
  },
  oneSide: {
    holds: 'nothing is held of the market yet',
    fix: 'wait until the position is closed',
    judge: ({ book, order }) => {
      const held = book.positions.get(order.ticker);
      return judge(held === undefined, held ? `holds ${held.count / 100} ${held.side.toUpperCase()}` : 'nothing held');
    },
  },
  holdsEnough: {
    holds: 'an exit sells no more than is held and ours: what was bought by hand is not sold',
    fix: 'nothing: the next sync counts again',
    exits: true,
    judge: ({ book, order }) => {
      if (order.purpose === 'entry') return absent('an entry');
      const position = book.positions.get(order.ticker);
      const ours = position && ownPart(position);
      return judge(
        ours?.side === order.side && ours.count >= order.count,
        ours ? `ours are ${ours.count / 100} ${ours.side.toUpperCase()}` : 'nothing of ours held',
      );
    },
  },
  unlocked: {
    holds: 'no cooldown or protection locks the market, its series or its category',
    fix: 'wait until the lock ends',
    setting: 'protections.cooldownHours',
    repegs: true,
    judge: ({ book, order }) => {
      const lock = lockOn(book.locks, order);
      return judge(lock === undefined, lock?.why ?? 'no lock');
    },
  },
} as const satisfies Record<string, Check>;

function allowed(order: OrderIntent, { allow, deny, only }: RiskLimits, lacks: ReadonlySet<BoardColumn>): CheckResult {
  if (only && !only.includes(order.ticker)) return judge(false, 'not among the tickers of this run');
  const usesCategory = allow.categories.length + deny.categories.length > 0;
  if (usesCategory && order.category === undefined)
    return lacks.has('category') ? absent('category') : { state: 'unknown', detail: 'category unknown' };
  const on = (list: typeof allow) =>
    list.tickers.includes(order.ticker) ||
    list.series.includes(order.series) ||
    (order.category !== undefined && list.categories.includes(order.category));
  if (on(deny)) return judge(false, 'on the deny list');
  const open = allow.categories.length + allow.series.length + allow.tickers.length === 0;
  return judge(open || on(allow), open ? 'no allow list' : on(allow) ? 'on the allow list' : 'not on the allow list');
}

function cents(price: number): string {
  return `${price / 100}¢`;
}
