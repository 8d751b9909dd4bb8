import type { Fill } from './fill.ts';
import type { Contracts, Millis, Price, Side, Usd } from './money.ts';
import { addUsd } from './money.ts';

/** Contracts held together and what has been sold of them so far. */
export interface Part {
  /** Always positive. */
  readonly count: Contracts;
  /** What the contracts still held cost, without fees. */
  readonly cost: Usd;
  /** Entry fees of the contracts still held. */
  readonly fees: Usd;
  readonly openedAt: Millis;
  /** Sold so far: the trade is closed when nothing is left. */
  readonly sold: { readonly count: Contracts; readonly cost: Usd; readonly proceeds: Usd; readonly fees: Usd };
}

/**
 * What the fills of one market in one book add up to. YES and NO net, as on the exchange. Without a strategy all of it was
 * bought by hand; with one, `byHand` is the part that was, and the rest is ours.
 */
export interface Position extends Part {
  readonly ticker: string;
  readonly event: string;
  readonly category?: string;
  readonly shard?: number;
  readonly strategy?: string;
  /** The intent that opened it; absent for a trade made by hand. */
  readonly intent?: string;
  readonly side: Side;
  /** Included in count, cost and fees, not in `openedAt` and `sold`. */
  readonly byHand?: Part;
}

const ZERO = 0 as Usd;

/** A position that has come to an end. All money is of the whole round trip. */
export interface Trade {
  readonly ticker: string;
  readonly event: string;
  readonly category?: string;
  readonly strategy?: string;
  readonly intent?: string;
  readonly side: Side;
  readonly count: Contracts;
  readonly cost: Usd;
  readonly proceeds: Usd;
  readonly fees: Usd;
  /** proceeds − cost − fees. */
  readonly pnl: Usd;
  readonly openedAt: Millis;
  readonly closedAt: Millis;
  /** `settled`, or the exit's reason. */
  readonly exit: string;
}

/** Average price paid, rounded to ten-thousandths; for display and exits, never for booking. */
export function entryPrice(position: Pick<Part, 'cost' | 'count'>): Price {
  return Math.round(position.cost / position.count) as Price;
}

/** What of a position is ours to sell; undefined when all of it was bought by hand. */
export function ownPart(position: Position): Position | undefined {
  if (position.strategy === undefined) return undefined;
  const { byHand, ...whole } = position;
  if (byHand === undefined) return position;
  const { count, cost, fees } = position;
  return {
    ...whole,
    count: (count - byHand.count) as Contracts,
    cost: (cost - byHand.cost) as Usd,
    fees: (fees - byHand.fees) as Usd,
  };
}

/** The part that was bought by hand; undefined when there is none. */
export function handPart(position: Position): Part | undefined {
  return position.strategy === undefined ? partOf(position) : position.byHand;
}

/** What a first fill opens. */
export function openPosition(fill: Fill, side: Side, cost: Usd): Position {
  return {
    ticker: fill.ticker,
    event: fill.event,
    ...(fill.category === undefined ? {} : { category: fill.category }),
    ...(fill.shard === undefined ? {} : { shard: fill.shard }),
    ...(fill.origin === undefined ? {} : { strategy: fill.origin.strategy, intent: fill.origin.intent }),
    side,
    count: fill.count,
    cost,
    fees: fill.fee,
    openedAt: fill.at,
    sold: { count: 0 as Contracts, cost: ZERO, proceeds: ZERO, fees: ZERO },
  };
}

/** Adds a fill of the side held to whoever's it is: ours, or by hand. */
export function addToPosition(held: Position, fill: Fill, cost: Usd): Position {
  const [ours, hand] = [ownPart(held), handPart(held)];
  const bought = openPosition(fill, held.side, cost);
  if (fill.origin !== undefined) return withHand(ours ? { ...ours, ...added(ours, bought) } : { ...held, ...bought }, hand);
  const part = hand ? added(hand, bought) : partOf(bought);
  return ours ? withHand(ours, part) : byHandOnly(held, part);
}

function added(part: Part, { count, cost, fees }: Part): Part {
  const { openedAt, sold } = part;
  return { count: (part.count + count) as Contracts, cost: addUsd(part.cost, cost), fees: addUsd(part.fees, fees), openedAt, sold };
}

/** Contracts taken out of a position, at what price and why. */
export interface Taking {
  readonly count: Contracts;
  readonly proceeds: Usd;
  /** Exit fee. */
  readonly fee: Usd;
  readonly at: Millis;
  readonly exit: string;
  /** Whose contracts go first: what one side sells is not the other's while it has any. */
  readonly first: 'ours' | 'by hand';
}

export interface Taken {
  /** What is left; undefined when nothing is. */
  readonly left: Position | undefined;
  readonly cost: Usd;
  readonly entryFees: Usd;
  readonly closed: readonly Trade[];
}

/** Takes contracts out at each part's average cost; what rounding leaves stays with what is held, so nothing is lost. */
export function takeFrom(held: Position, taking: Taking): Taken {
  const [ours, hand] = [ownPart(held), handPart(held)];
  const { count, first } = taking;
  const mine = Math.min(count, first === 'ours' ? (ours?.count ?? 0) : Math.max(0, count - (hand?.count ?? 0))) as Contracts;
  const theirs = (count - mine) as Contracts;
  const proceeds = share(taking.proceeds, mine, count);
  const fee = share(taking.fee, mine, count);
  const fromOurs = ours && takeOut(ours, { ...taking, count: mine, proceeds, fee });
  const rest = { ...taking, count: theirs, proceeds: (taking.proceeds - proceeds) as Usd, fee: (taking.fee - fee) as Usd };
  const fromHand = hand && takeOut(hand, rest);
  const ended = (part: Part | undefined, taken: Contracts) => (part?.count === 0 && taken > 0 ? part : undefined);
  const endedOurs = ended(fromOurs?.part, mine);
  const endedHand = ended(fromHand?.part, theirs);
  return {
    left: joined(alive(ours && fromOurs && { ...ours, ...fromOurs.part }), alive(fromHand?.part), held),
    cost: addUsd(fromOurs?.cost ?? ZERO, fromHand?.cost ?? ZERO),
    entryFees: addUsd(fromOurs?.entryFees ?? ZERO, fromHand?.entryFees ?? ZERO),
    closed: [
      ...(endedOurs ? [tradeOf({ ...held, ...endedOurs }, taking)] : []),
      ...(endedHand ? [tradeOf(byHandOnly(held, endedHand), taking)] : []),
    ],
  };
}

function alive<P extends Part>(part: P | undefined): P | undefined {
  return part !== undefined && part.count > 0 ? part : undefined;
}

function partOf({ count, cost, fees, openedAt, sold }: Part): Part {
  return { count, cost, fees, openedAt, sold };
}

/** One position of both parts, or of the one there is. */
function joined(ours: Position | undefined, hand: Part | undefined, held: Position): Position | undefined {
  if (ours !== undefined) return withHand(ours, hand);
  return hand && byHandOnly(held, hand);
}

function withHand(ours: Position, hand: Part | undefined): Position {
  return hand === undefined ? ours : { ...ours, ...totals(ours, hand), byHand: hand };
}

function byHandOnly({ strategy: _strategy, intent: _intent, byHand: _byHand, ...market }: Position, part: Part): Position {
  return { ...market, ...part };
}

function totals(a: Part, b: Part) {
  return { count: (a.count + b.count) as Contracts, cost: addUsd(a.cost, b.cost), fees: addUsd(a.fees, b.fees) };
}

function takeOut(part: Part, { count, proceeds, fee }: Pick<Taking, 'count' | 'proceeds' | 'fee'>) {
  const cost = share(part.cost, count, part.count);
  const entryFees = share(part.fees, count, part.count);
  const { sold } = part;
  const left: Part = {
    count: (part.count - count) as Contracts,
    cost: (part.cost - cost) as Usd,
    fees: (part.fees - entryFees) as Usd,
    openedAt: part.openedAt,
    sold: {
      count: (sold.count + count) as Contracts,
      cost: addUsd(sold.cost, cost),
      proceeds: addUsd(sold.proceeds, proceeds),
      fees: addUsd(sold.fees, entryFees, fee),
    },
  };
  return { part: left, cost, entryFees };
}

/** The part of an amount that falls to so many contracts of a whole, rounded towards nothing. */
export function share(amount: Usd, part: Contracts, whole: Contracts): Usd {
  if (part === whole) return amount;
  return Number((BigInt(amount) * BigInt(part)) / BigInt(whole)) as Usd;
}

function tradeOf(position: Position, { at, exit }: Pick<Taking, 'at' | 'exit'>): Trade {
  const { ticker, event, category, strategy, intent, side, openedAt, sold } = position;
  return {
    ticker,
    event,
    side,
    openedAt,
    closedAt: at,
    exit,
    ...(category === undefined ? {} : { category }),
    ...(strategy === undefined ? {} : { strategy }),
    ...(intent === undefined ? {} : { intent }),
    count: sold.count,
    cost: sold.cost,
    proceeds: sold.proceeds,
    fees: sold.fees,
    pnl: (sold.proceeds - sold.cost - sold.fees) as Usd,
  };
}
