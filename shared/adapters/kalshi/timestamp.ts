const DAY = 86_400_000;

/**
 * RFC 3339 text in UTC (`2026-08-05T03:45:00.123456Z`) to ms, cut to whole ms; NaN for anything else. By hand because a
 * scan reads two of these per market, and Date.parse costs as much as all prices together.
 */
export function utcMillis(text: unknown): number {
  if (typeof text !== 'string' || text.length < 20 || text.charCodeAt(text.length - 1) !== 90) return Number.NaN;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const seconds = digits(text, 11, 13) * 3600 + digits(text, 14, 16) * 60 + digits(text, 17, 19);
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31 && seconds <= DAY / 1000)) return Number.NaN;
  return daysSince1970(year, month, day) * DAY + seconds * 1000 + fractionMillis(text);
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Days from the epoch by the proleptic Gregorian calendar. Source: Howard Hinnant, days_from_civil. */
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function fractionMillis(text: string): number {
  if (text.length === 20) return 0;
  if (text.charCodeAt(19) !== 46) return Number.NaN;
  const end = Math.min(23, text.length - 1);
  const value = digits(text, 20, end);
  return value * 10 ** (23 - end);
}
