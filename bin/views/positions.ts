import type { Contracts } from '../../shared/domain/money.ts';
import { contractsText, priceText, usdText } from '../../shared/domain/money.ts';
import { restingPrice } from '../../shared/domain/order.ts';
import type { Position } from '../../shared/domain/position.ts';
import { entryPrice, handPart } from '../../shared/domain/position.ts';
import { orderText } from '../../shared/domain/watch/book-watch.ts';
import { ageText, centsText, countText, plural, signedDollars, timeText } from '../../shared/domain/words/amounts.ts';
import { plain } from '../../shared/domain/words/plain-text.ts';
import type { Holding, Money } from './money.ts';
import { readMoney } from './money.ts';
import { linesText, tableText } from './table.ts';
import type { View, ViewIo } from './view.ts';
import { isoTime, orNull } from './view.ts';

/** `pilot positions`: what is held, at the bids last seen, and what rests. */
export async function positionsView(io: ViewIo): Promise<View> {
  const money = await readMoney(io);
  const { holdings, live, seenAt } = money;
  const seen = seenAt === undefined ? 'markets not looked at yet' : `bids of ${timeText(seenAt, io.zone)}`;
  const resting = live.map(
    (record) =>
      `  ${record.state.padEnd(8)}  ${orderText({ ...record.intent, price: restingPrice(record) })}  ${record.intent.ticker}  ${record.id}`,
  );
  return {
    json: {
      book: io.book,
      seenAt: orNull(seenAt, isoTime),
      positions: holdings.map((holding) => holdingJson(holding)),
      orders: live.map(orderJson),
    },
    text: linesText([
      `${io.book.toUpperCase()} · ${plural(holdings.length, 'position')} · ${plural(live.length, 'open order')} · ${seen}`,
      '',
      ...(holdings.length === 0 ? ['  No positions. See the scan funnel for why: pilot why'] : positionTable(money, io.now)),
      ...(resting.length === 0 ? [] : ['', '  Orders', ...resting]),
    ]),
  };
}

/** Positions for people; an unknown price is said to be unknown. */
export function positionTable({ holdings }: Pick<Money, 'holdings'>, now: number): readonly string[] {
  const rows = holdings.map(({ position, market, pnl }) => [
    plain(market?.title ?? '', 44),
    position.ticker,
    position.side.toUpperCase(),
    quantityText(position),
    centsText(entryPrice(position)),
    market?.bid === undefined ? 'no bid' : centsText(market.bid),
    pnl === undefined ? 'unknown' : signedDollars(pnl),
    market?.closesAt === undefined ? 'unknown' : ageText(market.closesAt - now),
  ]);
  const titles = ['Market', 'Ticker', 'Side', 'Qty', 'Entry', 'Now', 'P&L', 'Ends'];
  return tableText(
    titles.map((title, at) => (at >= 3 ? { title, right: true } : { title })),
    rows,
  );
}

function quantityText({ count, byHand }: Position): string {
  return byHand === undefined ? countText(count) : `${countText(count)} (${countText(byHand.count)} by hand)`;
}

function holdingJson({ position, market, value, pnl }: Holding) {
  const { ticker, event, side, count, cost, fees, strategy, openedAt } = position;
  return {
    ...{ ticker, event, side, title: market?.title ?? null, strategy: strategy ?? null, count: contractsText(count) },
    byHand: contractsText(handPart(position)?.count ?? (0 as Contracts)),
    ...{ entry: priceText(entryPrice(position)), cost: usdText(cost), fees: usdText(fees), openedAt: isoTime(openedAt) },
    bid: orNull(market?.bid, priceText),
    value: orNull(value, usdText),
    pnl: orNull(pnl, usdText),
    closesAt: orNull(market?.closesAt, isoTime),
  };
}

function orderJson(record: Money['live'][number]) {
  const { id, intent, state, filled, updatedAt } = record;
  const { ticker, strategy, purpose, side, action, count } = intent;
  return {
    ...{ id, ticker, strategy, purpose, side, action, state, price: priceText(restingPrice(record)) },
    ...{ count: contractsText(count), filled: contractsText(filled), updatedAt: isoTime(updatedAt) },
  };
}
