import type { Board } from '../shared/domain/board.ts';
import { untouchedBreaker } from '../shared/domain/breaker.ts';
import { type Desk, decide } from '../shared/domain/decide.ts';
import { emptyLedger, post } from '../shared/domain/ledger.ts';
import type { Usd } from '../shared/domain/money.ts';
import { PriceHistory } from '../shared/domain/price-history.ts';
import { makeBookView } from '../shared/domain/risk/make-book-view.ts';
import { boardOfRows } from '../shared/domain/rows-board.ts';
import { makeConfig } from '../shared/system/config/config.ts';
import { usd } from '../shared/system/config/domain-settings.ts';
import { deskSettings, strategyView } from '../shared/system/desk-settings.ts';
import type { Figure } from './figure.ts';
import { madeCalibration } from './made/calibration.ts';
import type { QuoteBars } from './made/quote-bars.ts';
import { makeQuoteBars } from './made/quote-bars.ts';
import { cpu, measure } from './measure.ts';

const MARKETS = 100_000;
/** Each made market stands on the board so often, under names of its own. */
const COPIES = 100;
const SEED = 3;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const UPDATES = 100_000;

/**
 * One decision over every market of a scan, with a day and a week of history and a calibration in force, and the same
 * decision for single quotes. Nothing physical limits them, so the values themselves are bounded: a board takes less than
 * JSON.parse takes for the same markets (500 ms), a quote less than a tenth of the signature of an order (1 ms).
 */
export async function figures(): Promise<readonly Figure[]> {
  const board = boardAt(makeQuoteBars(MARKETS / COPIES, SEED));
  const desk = deskAt(board);
  const signals = await measure(() => decide(board, desk), { clock: cpu, warmUps: 3, runs: 9 });
  const updates = await measure(
    () => {
      for (let update = 0; update < UPDATES; update++) decide(board, desk, update % MARKETS, (update % MARKETS) + 1);
    },
    { clock: cpu },
  );
  return [
    { figure: 'strategies.signals', value: signals, unit: 'ms', better: 'lower', budget: 500 },
    { figure: 'quotes.update', value: (updates / UPDATES) * 1000, unit: 'µs', better: 'lower', budget: 100 },
  ];
}

/** The board of one moment, nine days after the first bar, with what was seen an hour long a day and a week before. */
function boardAt({ rows, count, row, at, bid, ask, size, volume }: QuoteBars): Board {
  const now = (at[0] ?? 0) + 9 * DAY;
  const history = new PriceHistory();
  const names = rows.map(({ ticker, event }) =>
    Array.from({ length: COPIES }, (_, copy) => ({ ticker: `${ticker}-${copy}`, event: `${event}-${copy}` })),
  );
  const last = new Map<number, number>();
  for (let bar = 0; bar < count && (at[bar] as number) <= now; bar++) {
    last.set(row[bar] as number, bar);
    const age = now - (at[bar] as number);
    if (!(age <= 7 * DAY && age >= 7 * DAY - HOUR) && !(age <= DAY && age >= DAY - HOUR)) continue;
    for (const { ticker } of names[row[bar] as number] ?? []) history.add(ticker, at[bar] as number, (bid[bar] ?? 0) + (ask[bar] ?? 0));
  }
  const quoted = rows.flatMap((market, index) => {
    const bar = last.get(index) ?? -1;
    const quote = {
      bid: bid[bar] ?? Number.NaN,
      ask: ask[bar] ?? Number.NaN,
      bidSize: size[bar] ?? Number.NaN,
      askSize: size[bar] ?? Number.NaN,
    };
    const traded = { volume: volume[bar] ?? Number.NaN, volume24h: volume[bar] ?? Number.NaN };
    return (names[index] ?? []).map((name) => ({ ...market, ...name, ...quote, ...traded, quotedAt: now }));
  });
  return boardOfRows(quoted, now, { lacks: new Set(['shard', 'prohibitions', 'exchangeStatus', 'positionLimit']), past: history });
}

/** An untouched paper book with default settings. */
function deskAt(board: Board): Desk {
  const config = makeConfig({});
  const settings = deskSettings(config);
  const { ledger } = post(emptyLedger, { kind: 'deposit', id: 'deposit', at: board.at, amount: usd(config.capital.cash) });
  const none = 0 as Usd;
  const facts = { book: 'paper', ledger, peak: none, dayStart: none, breaker: untouchedBreaker, live: [], trades: [] } as const;
  const counters = { held: new Map(), version: 0 };
  const view = makeBookView({ ...facts, counters, watches: new Map(), shardCash: undefined }, board, settings.protections);
  return {
    ...settings,
    mode: 'paper',
    epoch: new Date(board.at).toISOString(),
    view: strategyView(config, madeCalibration(board.at)),
    books: new Map([['paper', view]]),
    watches: new Map(),
    shardOpen: () => true,
  };
}
