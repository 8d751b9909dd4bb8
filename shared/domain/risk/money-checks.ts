import { notional } from '../money.ts';
import { bankrollOf, marketsIn } from './book-view.ts';
import type { Check, CheckResult, GateView } from './check.ts';
import { absent, dollars, judge, known } from './check.ts';
import { losses } from './trips.ts';

/** What must hold of the money once the order fills. Adding a rule is adding an entry. */
export const moneyChecks = {
  active: {
    holds: 'the book is active: neither reducing nor halted',
    fix: '`pilot status` says why; a halt is left with `pilot resume --reason`',
    repegs: true,
    judge: ({ book }) => judge(book.state === 'active', book.stateReason ? `${book.state}: ${book.stateReason}` : book.state),
  },
  worthIt: {
    holds: 'the fair probability exceeds price and fee',
    fix: 'nothing: the order would lose on average',
    repegs: true,
    judge: ({ order }) =>
      known(
        order.fair,
        (fair) =>
          judge(fair * order.count * 10_000 > notional(order.price, order.count) + order.feePredicted, `fair ${(fair * 100).toFixed(1)}¢`),
        'fair probability',
      ),
  },
  affordable: {
    holds: 'the cash left keeps the reserve',
    fix: '`pilot risk --fix` names what to sell; or lower capital.cashReserve',
    setting: 'capital.cashReserve',
    judge: ({ book, order, limits }) => {
      const reserve = limits.cashReserve * bankrollOf(book, limits);
      return judge(book.cash - order.risk >= reserve, `leaves ${dollars(book.cash - order.risk)}, reserve ${dollars(reserve)}`);
    },
  },
  withinTotal: {
    holds: 'all money at risk stays within your capital limit',
    fix: 'raise capital.max',
    setting: 'capital.max',
    judge: (view) => (view.limits.capitalMax === undefined ? absent('capital limit') : within(view, 'total', view.limits.capitalMax)),
  },
  withinMarket: {
    holds: 'money in the market stays within its cap',
    fix: 'raise sizing.perMarket',
    setting: 'sizing.perMarket',
    judge: (view) => within(view, `market:${view.order.ticker}`, view.limits.perMarket * bankrollOf(view.book, view.limits)),
  },
  withinEvent: {
    holds: 'money in the event stays within its cap',
    fix: 'raise sizing.perEvent',
    setting: 'sizing.perEvent',
    judge: (view) => within(view, `event:${view.order.event}`, view.limits.perEvent * bankrollOf(view.book, view.limits)),
  },
  withinCategory: {
    holds: 'money in the category stays within its cap',
    fix: 'raise sizing.perCategory',
    setting: 'sizing.perCategory',
    judge: (view) => {
      if (view.lacks.has('category')) return absent('category');
      return known(
        view.order.category,
        (name) => within(view, `category:${name}`, view.limits.perCategory * bankrollOf(view.book, view.limits)),
        'category',
      );
    },
  },
  shardFunded: {
    holds: "the market's shard holds the cash",
    fix: '`pilot shards move` funds it',
    judge: ({ book, order, lacks }) => {
      if (lacks.has('shard') || book.shardCash === undefined) return absent('shards');
      const cash = order.shard === undefined ? undefined : book.shardCash.get(order.shard);
      const shard = `shard ${order.shard ?? 'unknown'}`;
      return known(cash, (funds) => judge(funds >= order.risk, `${shard} has ${dollars(funds)}`), `cash of ${shard}`);
    },
  },
  fewEnough: {
    holds: 'the number of positions stays within its limit',
    fix: 'close one, or raise risk.maxPositions',
    setting: 'risk.maxPositions',
    judge: ({ book, order, limits }) => {
      const already = book.positions.has(order.ticker) || book.busy.has(order.ticker);
      const count = marketsIn(book);
      return judge(already || count < limits.maxPositions, `${count} of ${limits.maxPositions}`);
    },
  },
  withinDrawdown: {
    holds: 'drawdown from the peak is known and within its limit',
    fix: '`pilot risk` shows it; a breach halts until `pilot resume --reason`',
    setting: 'risk.maxDrawdown',
    repegs: true,
    judge: ({ book, limits }) =>
      known(book.drawdown, (share) => judge(share < limits.maxDrawdown, `down ${(share * 100).toFixed(1)}%`), 'equity history'),
  },
  withinDailyLoss: {
    holds: "the day's loss is known and within its limit",
    fix: 'wait for the next day in New York, or resume by hand after the halt',
    setting: 'risk.dailyLossShare',
    repegs: true,
    judge: ({ book, limits }) =>
      known(
        book.dayPnl,
        () => judge(losses({ ...book, drawdown: undefined, losingStreak: 0 }, limits) === undefined, `day ${dollars(book.dayPnl ?? 0)}`),
        "the day's start",
      ),
  },
  noLosingStreak: {
    holds: 'the losing streak is shorter than its limit',
    fix: 'a person resumes after the halt',
    setting: 'risk.losingStreak',
    repegs: true,
    judge: ({ book, limits }) => judge(book.losingStreak < limits.losingStreak, `${book.losingStreak} in a row`),
  },
} as const satisfies Record<string, Check>;

function within({ book, order }: GateView, counter: string, limit: number): CheckResult {
  const after = (book.exposure.get(counter) ?? 0) + order.risk;
  return judge(after <= limit, `${dollars(after)} of ${dollars(limit)}`);
}
