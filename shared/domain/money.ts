/**
 * Units. Every amount is an integer of its unit, so arithmetic is exact:
 * `Price` (ten-thousandths of a dollar) × `Contracts` (hundredths) = `Usd` (micro-dollars), with no rounding.
 */
declare const unit: unique symbol;

/** Integer micro-dollars. */
export type Usd = number & { readonly [unit]: 'micro-dollars' };
/** Integer ten-thousandths of a dollar per contract, 0..10,000. */
export type Price = number & { readonly [unit]: 'ten-thousandths of a dollar' };
/** Integer hundredths of a contract. */
export type Contracts = number & { readonly [unit]: 'hundredths of a contract' };
/** A number in 0..1. */
export type Probability = number & { readonly [unit]: 'probability' };
/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Millis = number;

export type Side = 'yes' | 'no';
export type Action = 'buy' | 'sell';
export type Role = 'maker' | 'taker';

export const ONE_DOLLAR = 1_000_000 as Usd;
/** What a winning contract pays. */
export const PAYOUT = 10_000 as Price;

/** A value that cannot be what it claims to be. `field` names it, `fix` says what would be accepted. */
export class InvalidValue extends Error {
  readonly field: string;
  readonly fix: string;
  constructor(field: string, value: unknown, fix: string) {
    super(`${field}: ${JSON.stringify(value) ?? String(value)} is not valid. Fix: ${fix}`);
    this.name = 'InvalidValue';
    this.field = field;
    this.fix = fix;
  }
}

/** Dollars as text, at most 6 decimals, to micro-dollars. Throws InvalidValue. */
export function parseUsd(text: string, field = 'amount'): Usd {
  return parseScaled(text, 6, field, 'give dollars with at most 6 decimals, like 12.50') as Usd;
}

/** A price in dollars as text, 0..1 with at most 4 significant decimals, to ten-thousandths. Throws InvalidValue. */
export function parsePrice(text: string, field = 'price'): Price {
  const fix = 'give a price in dollars from 0 to 1 with at most 4 decimals, like 0.52';
  const price = parseScaled(text, 4, field, fix);
  if (price < 0 || price > PAYOUT) throw new InvalidValue(field, text, fix);
  return price as Price;
}

/** A count of contracts as text, not negative, at most 2 significant decimals, to hundredths. Throws InvalidValue. */
export function parseContracts(text: string, field = 'count'): Contracts {
  const fix = 'give a count of at least 0 with at most 2 decimals, like 10 or 0.25';
  const count = parseScaled(text, 2, field, fix);
  if (count < 0) throw new InvalidValue(field, text, fix);
  return count as Contracts;
}

/** A probability as text or number. Throws InvalidValue. */
export function parseProbability(value: string | number, field = 'probability'): Probability {
  const number = typeof value === 'number' ? value : value.trim() === '' ? Number.NaN : Number(value);
  if (!(number >= 0 && number <= 1)) throw new InvalidValue(field, value, 'give a number from 0 to 1, like 0.6');
  return number as Probability;
}

/** Decimal text to an integer of 10^-decimals; further decimals must be zeros. No float arithmetic on the value. */
function parseScaled(text: string, decimals: number, field: string, fix: string): number {
  const match = /^(-?)(\d{0,12})(?:\.(\d{1,12}))?$/.exec(text);
  if (!match || !/\d/.test(text)) throw new InvalidValue(field, text, fix);
  const [, sign, whole = '', fraction = ''] = match;
  if (/[1-9]/.test(fraction.slice(decimals))) throw new InvalidValue(field, text, fix);
  const scaled = Number(whole) * 10 ** decimals + Number(fraction.slice(0, decimals).padEnd(decimals, '0'));
  if (!Number.isSafeInteger(scaled)) throw new InvalidValue(field, text, fix);
  return sign && scaled !== 0 ? -scaled : scaled;
}

/** Exact value of so many contracts at a price. */
export function notional(price: Price, count: Contracts): Usd {
  return (price * count) as Usd;
}

/** The same price seen from the other side: NO at q is YES at 1 − q. */
export function opposite(price: Price): Price {
  return (PAYOUT - price) as Price;
}

export function otherSide(side: Side): Side {
  return side === 'yes' ? 'no' : 'yes';
}

export function addUsd(...amounts: readonly Usd[]): Usd {
  return amounts.reduce<number>((sum, amount) => sum + amount, 0) as Usd;
}

/** JSON form of money: a dollar string with 6 decimals. */
export function usdText(amount: Usd): string {
  return scaledText(amount, 6);
}

/** JSON form of a price: a dollar string with 4 decimals. */
export function priceText(price: Price): string {
  return scaledText(price, 4);
}

/** JSON form of a count: 2 decimals. */
export function contractsText(count: Contracts): string {
  return scaledText(count, 2);
}

function scaledText(value: number, decimals: number): string {
  const scale = 10 ** decimals;
  const magnitude = Math.abs(value);
  const whole = Math.floor(magnitude / scale);
  const fraction = String(magnitude % scale).padStart(decimals, '0');
  return `${value < 0 ? '-' : ''}${whole}.${fraction}`;
}

/** A price as a probability. */
export function priceShare(price: Price): Probability {
  return (price / PAYOUT) as Probability;
}
