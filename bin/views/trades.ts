import { etDay } from '../../shared/domain/et-day.ts';
import type { Millis } from '../../shared/domain/money.ts';
import { contractsText, usdText } from '../../shared/domain/money.ts';
import type { Trade } from '../../shared/domain/position.ts';
import { countText, dollars, plural, signedDollars, timeText } from '../../shared/domain/words/amounts.ts';
import { ALL_TRADES } from '../../shared/jobs/gather-performance.ts';
import { csvText, linesText, tableText } from './table.ts';
import type { View, ViewIo } from './view.ts';
import { isoTime } from './view.ts';

/** `pilot trades`: what was closed, newest first; as CSV too. */
export async function tradesView(io: ViewIo, since: Millis | undefined): Promise<View & { readonly csv: string }> {
  const all = await io.store.ledger.trades(io.book, ALL_TRADES);
  const trades = since === undefined ? all : all.filter(({ closedAt }) => closedAt >= since);
  const pnl = trades.reduce((sum, trade) => sum + trade.pnl, 0) as Trade['pnl'];
  const when = since === undefined ? '' : ` since ${etDay(since, io.zone)}`;
  const none = all.length === 0 ? 'No trades yet. See the scan funnel for why: pilot why' : 'No trade closed in this time.';
  return {
    json: trades.map(tradeJson),
    csv: csvText(
      tradeFields,
      trades.map((trade) => Object.values(tradeJson(trade)).map((value) => value ?? '')),
    ),
    text: linesText([
      `${io.book.toUpperCase()} · ${plural(trades.length, 'trade')} closed${when}${trades.length === 0 ? '' : ` · ${signedDollars(pnl)} net of fees`}`,
      '',
      ...(trades.length === 0 ? [`  ${none}`] : table(trades, io.zone)),
    ]),
  };
}

const tradeFields = ['closedAt', 'openedAt', 'ticker', 'event', 'side', 'strategy', 'exit', 'count', 'cost', 'proceeds', 'fees', 'pnl'];

/** Fields in the order of `tradeFields`. */
function tradeJson({ closedAt, openedAt, ticker, event, side, strategy, exit, count, cost, proceeds, fees, pnl }: Trade) {
  return {
    ...{ closedAt: isoTime(closedAt), openedAt: isoTime(openedAt), ticker, event, side, strategy: strategy ?? null, exit },
    ...{ count: contractsText(count), cost: usdText(cost), proceeds: usdText(proceeds), fees: usdText(fees), pnl: usdText(pnl) },
  };
}

function table(trades: readonly Trade[], zone: string): readonly string[] {
  const columns = [
    ...['Closed', 'Ticker', 'Side', 'Strategy', 'Exit'].map((title) => ({ title })),
    ...['Qty', 'Cost', 'P&L'].map((title) => ({ title, right: true as const })),
  ];
  const rows = trades.map(({ closedAt, ticker, side, strategy, exit, count, cost, pnl }) => [
    ...[timeText(closedAt, zone), ticker, side.toUpperCase(), strategy ?? 'by hand', exit],
    ...[countText(count), dollars(cost), signedDollars(pnl)],
  ]);
  return tableText(columns, rows);
}
