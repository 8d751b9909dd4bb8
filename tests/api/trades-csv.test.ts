import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { api } from '../../shared/api/routes/api.ts';
import { tradesCsv } from '../../shared/api/routes/trades-csv.ts';
import { aDesk, makeBusy } from './seeded-desk.ts';

describe('trades for a spreadsheet', () => {
  it('are all there, as they are on the page', async () => {
    const desk = aDesk();
    await makeBusy(desk.store, { trades: 130 });
    const response = await api(desk.io).request('/api/trades.csv');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const rows: readonly Record<string, string>[] = parse(await response.text(), { columns: true });
    expect(rows).toHaveLength(130);
    expect(rows[0]).toMatchObject({
      ticker: 'KXDAY-129',
      strategy: 'dips',
      side: 'yes',
      count: '30.00',
      pnl: '-1.840000',
      exit: 'stop',
    });
  });

  it('begin no formula, whatever a market is called', async () => {
    const desk = aDesk();
    await makeBusy(desk.store, { trades: 1 });
    const [trade] = await desk.store.ledger.trades('paper', 1);
    if (!trade) throw new Error('no trade');
    const names = ['=1+1', '@SUM(A1)', '+1', '-cmd', 'a,"b"\n'];
    const rows: readonly Record<string, string>[] = parse(tradesCsv({ trades: names.map((ticker) => ({ ...trade, ticker })) }), {
      columns: true,
    });
    expect(rows.map(({ ticker }) => ticker)).toEqual(["'=1+1", "'@SUM(A1)", "'+1", "'-cmd", 'a,"b"\n']);
  });
});
