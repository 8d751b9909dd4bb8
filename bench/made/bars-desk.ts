import type { QuoteDeskOptions } from '../../shared/domain/backtest/quote-desk.ts';
import { QuoteDesk } from '../../shared/domain/backtest/quote-desk.ts';
import type { Board, BoardColumn } from '../../shared/domain/board.ts';
import type { MarketCalibration } from '../../shared/domain/calibration/market-calibration.ts';
import { PriceHistory } from '../../shared/domain/price-history.ts';
import { boardOfRows } from '../../shared/domain/rows-board.ts';
import { makeConfig } from '../../shared/system/config/config.ts';
import { usd } from '../../shared/system/config/domain-settings.ts';
import { deskSettings, strategyView } from '../../shared/system/desk-settings.ts';
import type { QuoteBars } from './quote-bars.ts';
import { STEP } from './quote-bars.ts';

/** What the bars do not record; whatever a check needs of it is not applicable. */
const lacks: ReadonlySet<BoardColumn> = new Set(['shard', 'prohibitions', 'exchangeStatus', 'positionLimit']);

/** A paper desk with default settings and both strategies over a board that the bars change row by row. */
export function deskOver(
  { rows, at }: QuoteBars,
  calibration: MarketCalibration,
  onDecision?: QuoteDeskOptions['onDecision'],
): { readonly desk: QuoteDesk; readonly board: Board } {
  const history = new PriceHistory();
  const board = boardOfRows(rows, at[0] ?? 0, { lacks, past: history });
  const config = makeConfig({});
  const options = {
    ...deskSettings(config, ['dips', 'favourites']),
    view: strategyView(config, calibration),
    history,
    haltStays: false,
    cash: usd(config.capital.cash),
    ...(onDecision ? { onDecision } : {}),
  };
  return { board, desk: new QuoteDesk(board, options) };
}

/** Plays every bar and every ending in time order. */
export function playBars(bars: QuoteBars, { desk, board }: ReturnType<typeof deskOver>): QuoteDesk {
  const endings = bars.outcomes.toSorted((a, b) => a.settledAt - b.settledAt);
  const { count, row: rows, at, bid, ask, size, volume } = bars;
  let ended = 0;
  for (let bar = 0; bar < count; bar++) {
    const row = rows[bar] as number;
    board.at = at[bar] as number;
    for (let next = endings[ended]; next && next.settledAt <= board.at; next = endings[++ended]) desk.settle(next);
    board.bid[row] = bid[bar] as number;
    board.ask[row] = ask[bar] as number;
    board.bidSize[row] = board.askSize[row] = size[bar] as number;
    board.volume[row] = board.volume24h[row] = volume[bar] as number;
    board.quotedAt[row] = board.at;
    desk.quote(row);
  }
  for (const left of endings.slice(ended)) {
    board.at = left.settledAt + STEP;
    desk.settle(left);
  }
  return desk;
}
