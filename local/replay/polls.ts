import { scaledDecimal } from '../../shared/adapters/kalshi/decimal.ts';
import { feeTerms } from '../../shared/domain/fees.ts';
import type { MarketOutcome, MarketStatus, MarketTerms } from '../../shared/domain/market.ts';
import { marketStatuses } from '../../shared/domain/market.ts';
import type { Millis, Price, Usd } from '../../shared/domain/money.ts';
import { InvalidValue, parsePrice } from '../../shared/domain/money.ts';
import { seriesOf } from '../../shared/domain/risk/protections.ts';
import type { MarketRow } from '../../shared/domain/rows-board.ts';
import { instant, readCsv } from './read-csv.ts';
import { readText } from './read-file.ts';
import type { RecordedScan, Recording } from './recording.ts';
import { ImportError, RowGuard } from './recording.ts';

/** Polls keep whole cents and no fee type: the plain fee of nearly all series. */
const terms: MarketTerms = {
  fee: feeTerms('quadratic', 1),
  priceRanges: [{ start: 100 as Price, end: 9_900 as Price, step: 100 as Price }],
  shard: 0,
  mutuallyExclusive: undefined,
};

/** When a polled market ended, and how, where somebody wrote it down. The time is that of its last quote: a leak. */
interface Ending {
  readonly closeTime: Millis;
  readonly result: 'yes' | 'no' | undefined;
}

/** Reads recorded pages of GET /markets, one JSON line a poll, with how the markets ended if a file says so. */
export async function readPolls(file: string, outcomesFile: string | undefined): Promise<Recording> {
  const endings = outcomesFile === undefined ? new Map<string, Ending>() : await readEndings(outcomesFile);
  const guard = new RowGuard();
  const scans = new Map<string, RecordedScan & { readonly rows: MarketRow[] }>();
  for (const [index, line] of (await readText(file)).split('\n').entries()) {
    if (line.trim() === '') continue;
    const fail = (field: string, problem: string, fix: string) => new ImportError(file, `line ${index + 1}, field ${field}`, problem, fix);
    const { text, at, markets } = readPoll(line, fail);
    const scan = scans.get(text) ?? { text, at, rows: [] };
    for (const market of markets) {
      const row = readMarket(market, at, endings, fail);
      if (guard.accepts(row.ticker, at, row.bid, row.ask)) scan.rows.push(row);
    }
    scans.set(text, scan);
  }
  return {
    scans: [...scans.values()].sort((a, b) => a.at - b.at),
    outcomes: [...endings].flatMap(([ticker, ending]) => outcomeOf(ticker, ending)).sort((a, b) => a.settledAt - b.settledAt),
    lacks: new Set(['depth', 'category', 'shard', 'prohibitions', 'exchangeStatus', 'positionLimit']),
    refused: guard.refused,
    notes: [
      endings.size === 0
        ? 'polls have no close time: all that passes the other stages counts as expiry'
        : 'close times are inferred: strategies and exits do not see them',
    ],
  };
}

/** Columns of a file that says how markets ended: ticker, last_quote_at, inferred_result. Throws ImportError. */
export async function readEndings(file: string): Promise<Map<string, Ending>> {
  const lines = await readCsv(file, ['ticker', 'last_quote_at', 'inferred_result']);
  return new Map(
    lines.map(({ ticker, last_quote_at, inferred_result }, index) => {
      const closeTime = instant(last_quote_at);
      if (closeTime === undefined)
        throw new ImportError(
          file,
          `line ${index + 2}, field last_quote_at`,
          `${last_quote_at} is no time`,
          'write it like 2026-05-27T05:40:14Z',
        );
      return [ticker, { closeTime, result: inferred_result === 'yes' || inferred_result === 'no' ? inferred_result : undefined }];
    }),
  );
}

type Fail = (field: string, problem: string, fix: string) => ImportError;
type RawMarket = Readonly<Record<string, unknown>>;

function readPoll(line: string, fail: Fail): { text: string; at: Millis; markets: readonly RawMarket[] } {
  let poll: unknown;
  try {
    poll = JSON.parse(line);
  } catch {
    throw fail('poll', 'is no JSON', 'write one JSON object a line');
  }
  const { polled_at: text, markets } = (poll ?? {}) as RawMarket;
  const at = typeof text === 'string' ? instant(text) : undefined;
  if (typeof text !== 'string' || at === undefined)
    throw fail('polled_at', `${JSON.stringify(text)} is no time`, 'write it like 2026-05-26T14:28:20Z');
  if (!Array.isArray(markets)) throw fail('markets', 'is no list', 'write {"polled_at", "markets": […]}');
  return { text, at, markets };
}

function readMarket(market: RawMarket, at: Millis, endings: ReadonlyMap<string, Ending>, fail: Fail): MarketRow {
  const { ticker, event_ticker: event, status } = market;
  if (typeof ticker !== 'string' || typeof event !== 'string')
    throw fail('ticker', 'is missing', 'give each market ticker and event_ticker');
  const closeTime = endings.get(ticker)?.closeTime ?? Number.NaN;
  const known = marketStatuses.find((name) => name === status);
  if (known === undefined) throw fail('status', `${JSON.stringify(status)} is not known`, `use one of ${marketStatuses.join(', ')}`);
  const volume = scaledDecimal(market.volume_fp, 2);
  if (volume < 0) throw fail('volume_fp', `${String(market.volume_fp)} is no count`, 'give a number of at least 0');
  return {
    ticker,
    event,
    series: seriesOf(event),
    status: at >= closeTime ? ('closed' satisfies MarketStatus) : known,
    bid: readPrice(market, 'yes_bid_dollars', fail),
    ask: readPrice(market, 'yes_ask_dollars', fail),
    bidSize: Number.NaN,
    askSize: Number.NaN,
    volume,
    volume24h: scaledDecimal(market.volume_24h_fp, 2),
    openInterest: scaledDecimal(market.open_interest_fp, 2),
    last: readPrice(market, 'last_price_dollars', fail),
    closeTime,
    knownClose: Number.NaN,
    quotedAt: at,
    terms,
  };
}

function readPrice(market: RawMarket, field: string, fail: Fail): number {
  const value = market[field];
  if (value === undefined || value === null) return Number.NaN;
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
  try {
    return parsePrice(text, field);
  } catch (error) {
    if (error instanceof InvalidValue) throw fail(field, `${text} is no price`, error.fix);
    throw error;
  }
}

/** The outcome of an ending, if its result is known. */
export function outcomeOf(ticker: string, { result, closeTime }: Ending): readonly MarketOutcome[] {
  return result === undefined ? [] : [{ ticker, result, yesValue: (result === 'yes' ? 1_000_000 : 0) as Usd, settledAt: closeTime }];
}
