import type { EquityPoint } from '../../domain/metrics/mark.ts';
import { equityPoint } from '../../domain/metrics/mark.ts';
import type { Millis, Usd } from '../../domain/money.ts';
import { usdText } from '../../domain/money.ts';
import type { ChartData, Range } from '../contract/figures.ts';
import { readMarks } from './money-view.ts';
import type { Reading } from './reading.ts';
import { isoTime, orNull } from './unknown.ts';

const DAY = 86_400_000;
const lengths: Readonly<Record<Range, Millis>> = { '1d': DAY, '1w': 7 * DAY, '1m': 30 * DAY, all: Number.POSITIVE_INFINITY };
export const ranges = Object.keys(lengths) as readonly Range[];

/** What a chart can show: more would be drawn on the same pixels. */
const MOST_POINTS = 1000;
const MOST_MARKERS = 500;

/** P&L and drawdown over time with the trades on them. P&L is value less deposits; the fall is from the highest P&L of the whole history. */
export async function readChartData(reading: Reading, range: Range): Promise<ChartData> {
  const { book, now, io } = reading;
  const [{ equity, trades }, { ledger, version }, marks] = await Promise.all([reading.history(), reading.head(), readMarks(reading)]);
  const from = now - lengths[range];
  const last = version === 0 ? [] : [equityPoint(ledger, marks, now)];
  const points = withFalls([...equity.filter(({ at }) => at < now), ...last]).filter(({ at }) => at >= from);
  return {
    book,
    range,
    recorded: points.length,
    points: thin(points).map(({ at, pnl, equity: worth, drawdown }) => ({
      at: isoTime(at),
      pnl: orNull(pnl, usdText),
      equity: orNull(worth, usdText),
      drawdown: drawdown ?? null,
    })),
    trades: trades
      .filter(({ closedAt }) => closedAt >= from)
      .slice(0, MOST_MARKERS)
      .map(({ closedAt, ticker, pnl }) => ({ at: isoTime(closedAt), ticker, pnl: usdText(pnl) })),
    drawdownLimit: io.settings.limits.maxDrawdown,
  };
}

interface Fallen {
  readonly at: Millis;
  readonly pnl: Usd | undefined;
  readonly equity: Usd | undefined;
  readonly drawdown: number | undefined;
}

function withFalls(points: readonly EquityPoint[]): readonly Fallen[] {
  let high = Number.NEGATIVE_INFINITY;
  return points.map(({ at, equity, deposits }) => {
    if (equity === undefined) return { at, pnl: undefined, equity, drawdown: undefined };
    const pnl = (equity - deposits) as Usd;
    high = Math.max(high, pnl);
    const peak = high + deposits;
    return { at, pnl, equity, drawdown: peak > 0 ? (high - pnl) / peak : undefined };
  });
}

/** At most 1,000 points: of each stretch its lowest and its highest, so no fall or peak is lost, and the last one always. */
function thin(points: readonly Fallen[]): readonly Fallen[] {
  if (points.length <= MOST_POINTS) return points;
  const stretches = MOST_POINTS / 2 - 1;
  const kept = Array.from({ length: stretches }, (_, index) => {
    const from = Math.floor((index * points.length) / stretches);
    const to = Math.floor(((index + 1) * points.length) / stretches);
    return extremes(points.slice(from, to));
  }).flat();
  const last = points.at(-1);
  return last === undefined || kept.at(-1) === last ? kept : [...kept, last];
}

function extremes(stretch: readonly Fallen[]): readonly Fallen[] {
  const marked = stretch.filter(({ pnl }) => pnl !== undefined);
  const [first] = marked;
  if (!first) return stretch.slice(0, 1);
  const worth = ({ pnl }: Fallen) => pnl ?? Number.NaN;
  const low = marked.reduce((a, b) => (worth(b) < worth(a) ? b : a), first);
  const high = marked.reduce((a, b) => (worth(b) > worth(a) ? b : a), first);
  if (low === high) return [low];
  return low.at < high.at ? [low, high] : [high, low];
}
