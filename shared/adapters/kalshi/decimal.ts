const ZERO = 48;
const POINT = 46;
const MINUS = 45;
/** Digits a double holds exactly. */
const MAX_DIGITS = 15;

/** What fits a 32-bit integer whatever the digits. */
const SHORT_DIGITS = 9;

/**
 * Decimal text to an integer of 10^-decimals, digit by digit and exact. NaN when it is no text, no decimal, too long, or
 * finer than `decimals` (zeros beyond are fine): a value we cannot hold is unknown, never rounded.
 */
export function scaledDecimal(text: unknown, decimals: number): number {
  if (typeof text !== 'string') return Number.NaN;
  const usual = shortDecimal(text, decimals);
  return usual < 0 ? anyDecimal(text, decimals) : usual;
}

/** As the exchange writes nearly all of them: a few digits, a point, and all decimals. Negative for any other text. */
function shortDecimal(text: string, decimals: number): number {
  const point = text.length - 1 - decimals;
  if (point < 1 || text.length > SHORT_DIGITS + 1 || text.charCodeAt(point) !== POINT) return -1;
  let value = 0;
  for (let index = 0; index < text.length; index++) {
    if (index === point) continue;
    const digit = text.charCodeAt(index) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function anyDecimal(text: string, decimals: number): number {
  const negative = text.charCodeAt(0) === MINUS;
  let value = 0;
  let digits = 0;
  let fraction = -1;
  for (let index = negative ? 1 : 0; index < text.length; index++) {
    const digit = text.charCodeAt(index) - ZERO;
    if (digit >= 0 && digit <= 9) {
      digits++;
      if (fraction >= decimals) {
        if (digit !== 0) return Number.NaN;
        continue;
      }
      value = value * 10 + digit;
      if (fraction >= 0) fraction++;
    } else if (digit === POINT - ZERO && fraction < 0 && digits > 0) fraction = 0;
    else return Number.NaN;
  }
  if (digits === 0) return Number.NaN;
  for (let missing = Math.max(0, fraction); missing < decimals; missing++) value *= 10;
  if (digits > MAX_DIGITS && !Number.isSafeInteger(value)) return Number.NaN;
  return negative && value !== 0 ? -value : value;
}
