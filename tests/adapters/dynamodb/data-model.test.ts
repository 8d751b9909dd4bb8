import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { at, recordsOf } from '../../../shared/adapters/dynamodb/keys.ts';
import type { Book } from '../../../shared/domain/book.ts';
import { tables } from '../../../shared/system/map.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/data-model.md'), 'utf8');
const book = '<book>' as Book;
const number = Number.NaN;

/** Every kind of item, with names in place of values; a padded number reads NaN. */
const keys = {
  order: at.order('<id>'),
  orderByTime: at.orderByTime(book, number, '<id>'),
  market: at.market(book, '<ticker>'),
  counters: at.counters(book),
  breaker: at.breaker(book),
  ledger: at.ledger(book),
  entry: at.entry(book, number, number),
  entryId: at.entryId(book, '<id>'),
  trade: at.trade(book, number),
  lease: at.lease('<name>'),
  run: at.run('<job>', '<tick>'),
  journal: at.journal(book, number),
  subject: at.subject(book, '<subject>', number),
} satisfies Record<keyof typeof at, readonly [string, string]>;

describe('the page on the data model', () => {
  it.each(Object.entries({ ...keys, record: [recordsOf('<kind>'), '<key>'] as const }))(
    'says where to find: %s',
    (_, [partition, sort]) => {
      const written = sort.replaceAll(/0*NaN/g, '<[a-z ]+>');
      expect(page).toMatch(new RegExp(`^\\| \`${partition}\` \\| \`${written}\` \\|`, 'm'));
    },
  );

  it('names the keys that the map gives the tables', () => {
    expect(page).toContain(`Keys \`${tables.state.partitionKey}\` and \`${tables.state.sortKey}\``);
    expect(page).toContain(`Keys \`${tables.reports.partitionKey}\` (always \`report\`) and \`${tables.reports.sortKey}\``);
    expect(page).toContain(`\`${tables.state.ttl}\` is in epoch seconds`);
  });
});
