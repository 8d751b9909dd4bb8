/**
 * Outside text (market titles, exchange messages) for people: one line, without the control, direction and zero-width
 * characters that can hide or reorder what is read.
 */
export function plain(text: string, limit = 400): string {
  const clean = text
    .normalize('NFC')
    .replace(/[\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return clip(clean, limit);
}

/** Printable ASCII: accents fall off, typography becomes its plain form, the rest a question mark. */
export function ascii(text: string): string {
  return Array.from(plain(text, Number.POSITIVE_INFINITY).normalize('NFKD'), asciiOf).join('').replace(/ {2,}/g, ' ').trim();
}

/** ASCII that is one septet a character in GSM-7, so that 160 of them are one message. */
export function gsm(text: string): string {
  return ascii(text).replace(/[[{]/g, '(').replace(/[\]}]/g, ')').replace(/[\\|]/g, '/').replace(/[~]/g, '-').replace(/[`^]/g, "'");
}

/**
 * At most so many characters, the cut marked with three dots; never half a character, and between words where there
 * are any, for half a number is another number.
 */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  if (limit <= 3) return '';
  const kept = text.slice(0, limit - 3).replace(/[\uD800-\uDBFF]$/, '');
  const space = /\s/.test(text.charAt(kept.length)) ? kept.length : kept.lastIndexOf(' ');
  return `${(space > 0 ? kept.slice(0, space) : kept).trimEnd()}...`;
}

export function sentence(text: string): string {
  return text === '' || /[.!?]$/.test(text) ? text : `${text}.`;
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

const typography: Readonly<Record<string, string>> = {
  '¢': 'c',
  '€': 'EUR',
  '£': 'GBP',
  '°': ' deg',
  '–': '-',
  '—': '-',
  '−': '-',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '•': '*',
  '·': '-',
  '×': 'x',
  '≥': '>=',
  '≤': '<=',
  '→': '->',
  '⁄': '/',
};

function asciiOf(character: string): string {
  if (/[ -~]/.test(character)) return character;
  return typography[character] ?? (/\p{M}/u.test(character) ? '' : '?');
}
