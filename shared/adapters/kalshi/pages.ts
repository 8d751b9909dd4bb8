import { CursorGuard } from './cursor-guard.ts';

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly cursor: string | null | undefined;
}

/** Every row of a paged read, page after page. `idOf` tells rows apart. Throws ExchangeError when pages go in circles. */
export async function allRows<Row>(
  name: string,
  read: (cursor: string | undefined) => Promise<Page<Row>>,
  idOf: (row: Row) => string,
): Promise<readonly Row[]> {
  const guard = new CursorGuard(name);
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    const [first] = page.rows;
    cursor = page.cursor ?? '';
    guard.pass(cursor, first === undefined ? undefined : idOf(first));
    rows.push(...page.rows);
  } while (cursor !== '');
  return rows;
}
