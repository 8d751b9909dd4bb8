/** What a hostile text could hide in a prompt: none of it is needed to read a market's rules. */
const hidden = [
  /\p{Cc}/u, // control characters; line breaks and tabs are turned into spaces and line feeds first
  /\p{Cf}/u, // zero-width, direction marks and overrides, soft hyphens, tag characters
  /\p{Cs}/u, // lone halves of surrogate pairs
  /\p{Co}/u, // private use
  /\p{Cn}/u, // unassigned and non-characters
  /\u034f|\u115f|\u1160|\u17b4|\u17b5|\u3164|\uffa0/u, // letters that draw nothing
  /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u, // variation selectors, which can carry bytes
];

const CUT = ' [cut]';

/**
 * Text from outside made safe to quote: composed form, visible characters only, at most `cap` UTF-16 units (the mark
 * of a cut included). Idempotent. Source: Unicode TR36 and OWASP LLM01:2026.
 */
export function sanitise(text: string, cap: number): string {
  const plain = text
    .normalize('NFC')
    .replaceAll(/\r\n?|[\u2028\u2029\u0085\v\f]/gu, '\n')
    .replaceAll('\t', ' ');
  let clean = '';
  for (const character of plain) {
    if (character === '\n' || !hidden.some((pattern) => pattern.test(character))) clean += character;
  }
  const tidy = clean
    .replaceAll(/\n{3,}/gu, '\n\n')
    .normalize('NFC')
    .trim();
  return tidy.length <= cap ? tidy : `${wholeCharacters(tidy, Math.max(0, cap - CUT.length)).trimEnd()}${CUT}`.slice(0, cap);
}

function wholeCharacters(text: string, cap: number): string {
  const cut = text.slice(0, cap);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
