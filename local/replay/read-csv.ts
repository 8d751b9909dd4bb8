import { parse } from 'csv-parse/sync';
import { readText } from './read-file.ts';
import { ImportError } from './recording.ts';

/** A CSV file's lines by column. Throws ImportError that names what is missing. */
export async function readCsv<Column extends string>(
  file: string,
  columns: readonly Column[],
): Promise<readonly Readonly<Record<Column, string>>[]> {
  const text = await readText(file);
  const header = (text.split('\n', 1)[0] ?? '').trim().split(',');
  const missing = columns.filter((name) => !header.includes(name));
  if (missing.length > 0)
    throw new ImportError(file, 'line 1', `column ${missing.join(', ')} is missing`, `the header needs ${columns.join(',')}`);
  try {
    return parse(text, { columns: true, skip_empty_lines: true });
  } catch (cause) {
    throw new ImportError(
      file,
      '',
      cause instanceof Error ? cause.message : String(cause),
      'give every line as many fields as the header',
      { cause },
    );
  }
}

/** An instant written in full. Undefined when it is none. */
export function instant(text: string): number | undefined {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}
