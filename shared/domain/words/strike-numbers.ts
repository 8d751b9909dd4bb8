/** A computed number in the unit it is read in; a bare number in a text may be any of them. */
export interface Quantity {
  readonly value: number;
  readonly unit: 'dollars' | 'percent' | 'cents' | 'plain';
}

/** All a text may cite: numbers, days (`YYYY-MM-DD`), times (`14:02`, `2h10m`) and names that contain digits. */
export interface NumberFacts {
  readonly quantities: readonly Quantity[];
  readonly dates: readonly string[];
  readonly times: readonly string[];
  readonly names: readonly string[];
}

export interface Checked {
  readonly text: string;
  /** The numbers that nothing computed equals, as they stood. */
  readonly struck: readonly string[];
  readonly checked: number;
}

export const STRUCK = '[struck]';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const month = `(?:${MONTHS.join('|')})[a-z]*`;

/** Every digit of a text belongs to one of these; what none of the named ones reads is `other`, and struck. */
const tokens = [
  '(?<marker>^[ \\t#>*-]*\\d{1,2}[.)](?=[ \\t]))',
  '(?<iso>\\d{4}-\\d{2}-\\d{2}(?!\\d))',
  `(?<day>\\b\\d{1,2}(?:st|nd|rd|th)? ${month}(?:,? \\d{4})?\\b|\\b${month}\\.? \\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?\\b)`,
  '(?<time>\\b\\d{1,2}:\\d{2}\\b|\\b\\d+h\\d{2}m\\b)',
  '(?<number>(?<![\\w.)])[+\\-−]?\\$?\\d+(?:,\\d{3})*(?:\\.\\d+)?(?:[kKM](?![\\w]))?(?: ?(?:%|percent\\b|percentage points?\\b|points?\\b|pp\\b|¢|cents?\\b))?)',
  '(?<other>[\\p{N}.,]*\\p{N})',
].join('|');

/**
 * Strikes each number of a text that no computed fact, threshold or date equals when rounded to the text's decimals.
 * A sign, a dollar, a cent or a percent sign must agree too. Numbers spelt as words are not read.
 */
export function strikeUnknownNumbers(text: string, facts: NumberFacts): Checked {
  const struck: string[] = [];
  let checked = 0;
  const names = facts.names.toSorted((a, b) => b.length - a.length).map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  const pattern = new RegExp(`${names.length > 0 ? `(?<name>(?<![\\w])(?:${names.join('|')})(?![\\w]|[.-]\\w))|` : ''}${tokens}`, 'gmu');
  const out = text.replace(pattern, (...match) => {
    const whole = String(match[0]);
    const group = match.at(-1) as Readonly<Record<string, string | undefined>>;
    if (group.name !== undefined || group.marker !== undefined) return whole;
    checked++;
    if (isFact(group, facts)) return whole;
    struck.push(whole);
    return STRUCK;
  });
  return { text: out, struck, checked };
}

/** The numbers, days and times that a computed text itself says. */
export function quantitiesOf(text: string): Omit<NumberFacts, 'names'> {
  const quantities: Quantity[] = [];
  const dates: string[] = [];
  const times: string[] = [];
  for (const { groups } of text.matchAll(new RegExp(tokens, 'gmu'))) {
    const found = groups?.number === undefined ? undefined : readNumber(groups.number);
    if (found) quantities.push({ value: found.value * (found.negative ? -1 : 1), unit: found.unit });
    if (groups?.iso !== undefined) dates.push(groups.iso);
    if (groups?.time !== undefined) times.push(groups.time);
  }
  return { quantities, dates, times };
}

function isFact(group: Readonly<Record<string, string | undefined>>, { quantities, dates, times }: NumberFacts): boolean {
  const { iso, day, time, number } = group;
  if (iso !== undefined) return dates.includes(iso);
  if (time !== undefined) return times.includes(time);
  if (day !== undefined) return dates.some((date) => isDay(day, date));
  if (number === undefined) return false;
  const { value, unit, signed, negative, step } = readNumber(number);
  return quantities.some((fact) => {
    if (unit !== 'plain' && fact.unit !== unit) return false;
    if (signed && fact.value !== 0 && fact.value < 0 !== negative) return false;
    return Math.abs(Math.abs(fact.value) - value) <= step / 2 + 1e-9 * Math.max(1, value);
  });
}

/** Magnitude, sign, unit and the value of the last digit written. */
function readNumber(text: string) {
  const digits = /[\d,]+(?:\.(\d+))?/.exec(text);
  const scale = /\d[kK]/.test(text) ? 1e3 : /\dM/.test(text) ? 1e6 : 1;
  const unit: Quantity['unit'] = text.includes('$')
    ? 'dollars'
    : /%|percent|point|pp/.test(text)
      ? 'percent'
      : /¢|cent/.test(text)
        ? 'cents'
        : 'plain';
  return {
    value: Number((digits?.[0] ?? '').replaceAll(',', '')) * scale,
    step: scale / 10 ** (digits?.[1]?.length ?? 0),
    signed: /^[+\-−]/.test(text),
    negative: /^[-−]/.test(text),
    unit,
  };
}

function isDay(said: string, date: string): boolean {
  const [year = '', monthNumber = '', day = ''] = date.split('-');
  const name = MONTHS[Number(monthNumber) - 1] ?? '';
  const saidYear = /\d{4}/.exec(said)?.[0];
  const saidDay = /(?<!\d)\d{1,2}(?!\d)/.exec(said)?.[0];
  return said.includes(name) && Number(saidDay) === Number(day) && (saidYear === undefined || saidYear === year);
}
