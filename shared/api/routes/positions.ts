import type { ExitSettings } from '../../domain/exits/exit-rules.ts';
import { mark } from '../../domain/metrics/mark.ts';
import type { Price, Usd } from '../../domain/money.ts';
import { contractsText, priceText, usdText } from '../../domain/money.ts';
import type { OrderRecord } from '../../domain/order.ts';
import { restingPrice } from '../../domain/order.ts';
import type { Position } from '../../domain/position.ts';
import { entryPrice, handPart, ownPart } from '../../domain/position.ts';
import { centsText, countText, percent } from '../../domain/words/amounts.ts';
import type { HeldMarket } from '../../jobs/held-markets.ts';
import type { PositionJson, PositionsJson } from '../contract/holdings.ts';
import type { Reading } from './reading.ts';
import { isoTime, orNull } from './unknown.ts';

/** What is held, the event with most money in it first, and the orders that may still fill. */
export async function readPositions(reading: Reading): Promise<PositionsJson> {
  const { io, book } = reading;
  const [{ ledger }, seen, live] = await Promise.all([reading.head(), reading.held(), reading.live()]);
  const groups = [...Map.groupBy(ledger.positions.values(), ({ event }) => event)];
  const events = groups.map(([event, held]) => eventJson(event, held, seen?.markets ?? {}, (name) => io.settings.exits(name)));
  return {
    book,
    seenAt: orNull(seen?.at, isoTime),
    events: events.toSorted((a, b) => b.paid - a.paid).map(({ paid: _paid, ...event }) => event),
    orders: live.map(orderJson),
    limit: io.settings.limits.maxPositions,
  };
}

type Markets = Readonly<Record<string, HeldMarket>>;
type Exits = (strategy: string | undefined) => ExitSettings;

function eventJson(event: string, held: readonly Position[], markets: Markets, exits: Exits) {
  const paid = held.reduce((sum, { cost, fees }) => sum + cost + fees, 0);
  const values = held.map((position) => mark(position, markets[position.ticker]?.bid));
  const value = values.reduce<number | undefined>((sum, one) => (sum === undefined || one === undefined ? undefined : sum + one), 0);
  return {
    paid,
    event,
    cost: usdText(paid as Usd),
    value: orNull(value as Usd | undefined, usdText),
    positions: held.map((position) => positionJson(position, markets[position.ticker], exits(position.strategy))),
  };
}

function positionJson(position: Position, market: HeldMarket | undefined, exits: ExitSettings): PositionJson {
  const { ticker, strategy, side, count, cost, fees, openedAt } = position;
  const entry = entryPrice(position);
  const value = mark(position, market?.bid);
  return {
    ...{ ticker, side, title: market?.title ?? null, strategy: strategy ?? null, count: contractsText(count), entry: priceText(entry) },
    bid: orNull(market?.bid, priceText),
    cost: usdText((cost + fees) as Usd),
    value: orNull(value, usdText),
    pnl: value === undefined ? null : usdText((value - cost - fees) as Usd),
    openedAt: isoTime(openedAt),
    closesAt: orNull(market?.closesAt, isoTime),
    exits: leavingTexts(position, exits),
  };
}

/** What leaves of it and when; what was bought by hand stays until its owner sells it. */
function leavingTexts(position: Position, exits: ExitSettings): string[] {
  const [ours, byHand] = [ownPart(position), handPart(position)];
  if (ours === undefined) return ['by hand: nothing leaves it for you'];
  return [...exitTexts(entryPrice(ours), exits), ...(byHand ? [`${countText(byHand.count)} by hand stay`] : [])];
}

/** The rules that would sell the position, as prices where they are prices. */
function exitTexts(entry: Price, { stop, recovery, takeProfit, trail, timeShare }: ExitSettings): string[] {
  const texts = [
    stop === undefined ? undefined : `stop at ${centsText(entry * (1 - stop))}`,
    recovery === undefined ? undefined : `profit at ${centsText(entry * (1 + recovery))}`,
    takeProfit === undefined ? undefined : `profit at ${centsText(entry + takeProfit * (10_000 - entry))}`,
    trail === undefined ? undefined : `trailing from ${centsText(entry + trail.activate)}`,
    timeShare === undefined ? undefined : `after ${percent(timeShare)} of its time`,
  ].filter((text) => text !== undefined);
  return texts.length === 0 ? ['held to settlement'] : texts;
}

function orderJson(record: OrderRecord): PositionsJson['orders'][number] {
  const { id, intent, state, filled, held, updatedAt } = record;
  const { ticker, strategy, purpose, side, action, count } = intent;
  return {
    ...{ id, ticker, strategy, purpose, side, action, state },
    ...{ price: priceText(restingPrice(record)), count: contractsText(count), filled: contractsText(filled), held: usdText(held) },
    updatedAt: isoTime(updatedAt),
  };
}
