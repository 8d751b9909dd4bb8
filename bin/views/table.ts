/** A column: its title, and on which side short values have their blanks. */
export interface Column {
  readonly title: string;
  readonly right?: true;
}

/** A table for people, indented; columns as wide as their widest value. */
export function tableText(columns: readonly Column[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = columns.map(({ title }, at) => Math.max(title.length, ...rows.map((row) => (row[at] ?? '').length)));
  const line = (cells: readonly string[]) =>
    `  ${columns.map(({ right }, at) => pad(cells[at] ?? '', widths[at] ?? 0, right)).join('  ')}`.trimEnd();
  return [line(columns.map(({ title }) => title)), `  ${widths.map((width) => '─'.repeat(width)).join('  ')}`, ...rows.map(line)];
}

/** Rows as CSV; a value with a comma, a quote or a line break is quoted, and one that a sheet would run is made text. */
export function csvText(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return `${[header, ...rows].map((row) => row.map(csvCell).join(',')).join('\n')}\n`;
}

function csvCell(value: string): string {
  const safe = /^[=@\t\r]|^[+-](?![\d.])/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function pad(text: string, width: number, right: true | undefined): string {
  return right ? text.padStart(width) : text.padEnd(width);
}

/** Lines as one text with an end. */
export function linesText(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
