/** The part of a page that a program writes, between two lines that say what it is made from. */
export interface MadePart {
  /** Path of the page, for the message when it has no such part. */
  readonly page: string;
  readonly madeFrom: string;
}

/** The page with its made part replaced; what people wrote around it stays. Throws when the page has no such part. */
export function withMadePart(text: string, { page, madeFrom }: MadePart, made: string): string {
  const [begin, finish] = [`<!-- made from ${madeFrom}: begin -->`, `<!-- made from ${madeFrom}: end -->`];
  const start = text.indexOf(begin);
  const end = text.indexOf(finish);
  if (start < 0 || end < start) throw new Error(`${page}: no made part. Fix: add the lines ${begin} and ${finish}`);
  return `${text.slice(0, start + begin.length)}\n\n${made}\n\n${text.slice(end)}`;
}

/** A row of a Markdown table. */
export function tableRow(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
