import type { Millis } from '../../../shared/domain/money.ts';
import { backgroundActivity, backgroundChange, backgroundLadder, backgroundTrades } from './background.ts';
import { eventFacts, eventNumber } from './event-facts.ts';
import { type GeneratedSeries, generateSeries } from './generated-series.ts';
import { eventNumbers, eventTimes } from './schedule.ts';
import type { EventFacts, EventRange, Position, World } from './world.ts';

export interface GeneratedWorldOptions {
  readonly seed: number;
  /** Open at the start, combos not counted; as events close, others open. */
  readonly markets: number;
  readonly start: Millis;
  /** How much history there is at the start. */
  readonly pastDays: number;
}

const REMEMBERED = 2_000;

/** A world in which everything follows from the seed: any size, any time, without storing a market. */
export function generatedWorld({ seed, markets, start, pastDays }: GeneratedWorldOptions): World {
  const list = generateSeries(seed, markets, start);
  const byTicker = new Map(list.map((series, index) => [series.facts.ticker, { ...series, index }]));
  const earliest = start - pastDays * 86_400_000;
  const recent = new Map<string, EventFacts>();
  const eventOf = (series: GeneratedSeries, number: number) => {
    const key = `${series.plan.index}:${number}`;
    const found = recent.get(key) ?? eventFacts(series.plan, series.facts, number);
    recent.delete(key);
    recent.set(key, found);
    if (recent.size > REMEMBERED) forgetOldest(recent);
    return found;
  };
  const numbers = new Map<string, number>();
  const numberOf = ({ plan, facts }: GeneratedSeries, ticker: string) => {
    const known = numbers.get(ticker) ?? eventNumber(plan, facts.ticker, ticker);
    if (numbers.size > REMEMBERED) numbers.clear();
    if (known !== undefined) numbers.set(ticker, known);
    return known;
  };
  const event = (ticker: string) => {
    const series = byTicker.get(ticker.slice(0, ticker.indexOf('-')));
    const number = series && numberOf(series, ticker);
    if (!series || number === undefined || eventTimes(series.plan, number).settledAt < earliest) return undefined;
    return eventOf(series, number);
  };
  return {
    earliest,
    start,
    series: list.map(({ facts }) => facts),
    seriesOf: (ticker) => byTicker.get(ticker)?.facts,
    events: (range, from = [0, Number.NEGATIVE_INFINITY]) => {
      const only = range.series === undefined ? undefined : byTicker.get(range.series);
      if (range.series !== undefined && !only) return [];
      return listed(list, only?.index, { ...range, settledFrom: Math.max(range.settledFrom, earliest) }, from, eventOf);
    },
    event,
    market: (ticker) => event(ticker.slice(0, ticker.lastIndexOf('-')))?.markets.find((market) => market.ticker === ticker),
    ladder: (market, at, depth = 30) => backgroundLadder(market, at, depth),
    nextChange: backgroundChange,
    trades: backgroundTrades,
    activity: backgroundActivity,
  };
}

function* listed(
  list: readonly GeneratedSeries[],
  only: number | undefined,
  range: EventRange,
  [firstSeries, firstEvent]: Position,
  eventOf: (series: GeneratedSeries, number: number) => EventFacts,
): Iterable<readonly [Position, EventFacts]> {
  const last = only ?? list.length - 1;
  for (let index = Math.max(firstSeries, only ?? 0); index <= last; index++) {
    const series = list[index];
    if (!series) return;
    const [first, end] = eventNumbers(series.plan, range);
    for (let number = index === firstSeries ? Math.max(first, firstEvent) : first; number <= end; number++) {
      const { createdAt, settledAt } = eventTimes(series.plan, number);
      if (createdAt > range.createdTo || createdAt < (range.createdFrom ?? createdAt) || settledAt < range.settledFrom) continue;
      yield [[index, number], eventOf(series, number)];
    }
  }
}

function forgetOldest(recent: Map<string, EventFacts>): void {
  for (const key of recent.keys()) {
    recent.delete(key);
    return;
  }
}
