import { expect, it } from 'vitest';
import { foldLedger } from '../../shared/domain/ledger.ts';
import type { Contracts, Price, Usd } from '../../shared/domain/money.ts';
import type { OrderRecord } from '../../shared/domain/order.ts';
import { entriesOf } from '../../shared/jobs/book-entries.ts';
import type { AccountView } from '../../shared/jobs/read-account.ts';
import type { ExchangeFill } from '../../shared/ports/exchange.ts';
import { approved } from '../adapters/kalshi/approved-order.ts';

const fill = (id: string, side: 'yes' | 'no', action: 'buy' | 'sell', at: number): ExchangeFill => ({
  ...{ id, orderId: id, ticker: 'KXMADE-1', side, action, at, role: 'taker', fee: 0 as Usd },
  ...{ count: 1000 as Contracts, price: 5000 as Price },
});

const record = (id: string, purpose: 'entry' | 'exit', sentAt: number): OrderRecord =>
  ({
    ...{ id, orderId: id, sentAt, updatedAt: sentAt },
    intent: approved({ key: id, ticker: 'KXMADE-1', side: 'yes', purpose }),
  }) as unknown as OrderRecord;

const origins = new Map([
  ['in', record('in', 'entry', 1)],
  ['out', record('out', 'exit', 5)],
]);

it.each([
  ['first', ['hand', 'out']],
  ['last', ['out', 'hand']],
])('what was bought by hand in the moment we sold is theirs, listed %s', (_, order) => {
  const moment = order.map((id) => (id === 'out' ? fill(id, 'yes', 'sell', 10) : fill(id, 'no', 'buy', 10)));
  const view = { fills: [...moment, fill('in', 'yes', 'buy', 1)], settlements: [], transfers: [] } as unknown as AccountView;
  const ledger = foldLedger(entriesOf(view, origins, 'live', 'direct'));
  expect(ledger.positions.get('KXMADE-1')).toMatchObject({ side: 'no', count: 1000 });
  expect(ledger.positions.get('KXMADE-1')?.strategy).toBeUndefined();
});
