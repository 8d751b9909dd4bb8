const ZERO = 48;
const POINT = 46;
const MINUS = 45;
/** Digits a double holds exactly. */
const MAX_DIGITS = 15;

/**
 * Decimal text to an integer of 10^-decimals, digit by digit and exact. NaN when it is no text, no decimal, too long, or
 * finer than `decimals` (zeros beyond are fine): a value we cannot hold is unknown, never rounded.
 */
export function scaledDecimal(text: unknown, decimals: number): number {
  if (typeof text !== 'string') return Number.NaN;
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
