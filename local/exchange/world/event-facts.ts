import type { MarketResult } from '../../../shared/domain/market.ts';
import type { Millis, Price } from '../../../shared/domain/money.ts';
import { mix, pick, share } from './chance.ts';
import { rangesOf } from './grid.ts';
import { knowledgeAtStep, type Life } from './information.ts';
import { fairValue, type Span, spansOf } from './outcome-shape.ts';
import { eventTimes, eventWord, type SeriesPlan } from './schedule.ts';
import type { EventFacts, MarketFacts, SeriesFacts } from './world.ts';

/** What the generator knows of a market that its members do not. */
export interface Truth {
  readonly plan: SeriesPlan;
  readonly life: Life;
  readonly span: Span;
}

const truths = new WeakMap<object, Truth>();

/** The hidden side of a generated market. */
export function truthOf(market: MarketFacts): Truth {
  const truth = truths.get(market.origin);
  if (!truth) throw new Error(`market ${market.ticker}: not of this world. Fix: take it from the world that made it`);
  return truth;
}

/** One event of a generated series, its markets, and how each will end. */
export function eventFacts(plan: SeriesPlan, series: SeriesFacts, number: number): EventFacts {
  const word = eventWord(plan, number);
  const times = eventTimes(plan, number);
  const life = { word: mix(word, 8), from: times.openAt, to: times.endsAt, depth: plan.kind.depth };
  const ticker = eventTicker(plan, series.ticker, times.closeAt);
  const structure = pick(mix(plan.word, 3), plan.kind.structures);
  const event: Omit<EventFacts, 'markets'> & { markets: MarketFacts[] } = {
    ticker,
    series,
    title: `${series.title} ${ticker.slice(series.ticker.length + 1)}?`,
    subTitle: `On ${new Date(times.closeAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    mutuallyExclusive: plan.kind.form !== 'ladder' && plan.kind.form !== 'single',
    strikeAt: times.closeAt,
    ...(share(mix(word, 9)) < 0.01 ? { feeOverride: { feeType: series.feeType, feeMultiplier: 0.5 } } : undefined),
    markets: [],
  };
  for (const [index, span] of spansOf(plan, word).entries()) {
    const named = nameMarket(plan, word, index, span);
    const origin = {};
    truths.set(origin, { plan, life, span });
    event.markets.push({
      origin,
      ...times,
      ...named,
      ticker: `${ticker}-${named.code}`,
      event,
      word: mix(word, 100 + index),
      structure,
      ranges: rangesOf(structure),
      canCloseEarly: plan.kind.closesEarly !== 'never',
      timerSeconds: Math.round(plan.kind.timer / 1000),
      outcome: outcomeOf(life, span, plan),
    });
  }
  return event;
}

/** An event's ticker tells its scheduled close: the day, and the minute where a series has several a day. */
function eventTicker({ kind, filler }: SeriesPlan, series: string, closeAt: Millis): string {
  if (filler) return `${series}-ALL`;
  const iso = new Date(closeAt).toISOString();
  const month = months[Number(iso.slice(5, 7)) - 1];
  const day = `${iso.slice(2, 4)}${month}${iso.slice(8, 10)}`;
  return `${series}-${day}${kind.period < 86_400_000 ? iso.slice(11, 16).replace(':', '') : ''}`;
}

/** The number of the event with this ticker, or undefined when the series has none. */
export function eventNumber(plan: SeriesPlan, series: string, ticker: string): number | undefined {
  if (plan.filler) return ticker === `${series}-ALL` ? 0 : undefined;
  const match = /^(\d\d)([A-Z]{3})(\d\d)(\d{4})?$/.exec(ticker.slice(series.length + 1));
  const month = match ? months.indexOf(match[2] ?? '') : -1;
  if (!match || month < 0) return undefined;
  const clock = match[4] ?? '0000';
  const day = Date.UTC(2000 + Number(match[1]), month, Number(match[3]), Number(clock.slice(0, 2)), Number(clock.slice(2)));
  const near = Math.floor((day - plan.kind.life - plan.epoch) / plan.kind.period);
  return [near, near + 1].find((number) => eventTicker(plan, series, eventTimes(plan, number).closeAt) === ticker);
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

function outcomeOf(life: Life, span: Span, plan: SeriesPlan): MarketFacts['outcome'] {
  const end = knowledgeAtStep(life, 2 ** life.depth);
  const value = fairValue(span, end);
  const result: MarketResult = value === 1 ? 'yes' : value === 0 ? 'no' : 'scalar';
  return { result, yesValue: (value * 10_000) as Price, said: measured(plan, end.path) };
}

/** The path of news in the units of the series, as strikes are told in. */
function measured(plan: SeriesPlan, path: number): string {
  const { centre, unit } = scale(plan);
  return (centre + path * unit).toFixed(2);
}

function scale(plan: SeriesPlan): { readonly centre: number; readonly unit: number } {
  const size = 10 ** Math.floor(share(mix(plan.word, 4)) * 4);
  return { centre: Math.round(50 + 40 * share(mix(plan.word, 5))) * size, unit: 6 * size };
}

type Named = Pick<MarketFacts, 'yesSubTitle' | 'strikeType' | 'floor' | 'cap'> & { readonly code: string };

function nameMarket(plan: SeriesPlan, word: number, index: number, { low, high }: Span): Named {
  const { centre, unit } = scale(plan);
  const strike = (z: number) => Number((centre + z * unit).toFixed(2));
  if (plan.kind.form === 'names' || plan.kind.form === 'game') {
    const name = properName(mix(word, 40 + index));
    return { code: `${name.slice(0, 3).toUpperCase()}${index}`, yesSubTitle: name, strikeType: 'custom' };
  }
  if (low === Number.NEGATIVE_INFINITY) {
    return { code: `T${strike(high)}`, yesSubTitle: `${strike(high)} or below`, strikeType: 'less_or_equal', cap: strike(high) };
  }
  if (high === Number.POSITIVE_INFINITY) {
    return { code: `T${strike(low)}.`.replace(/\.$/, ''), yesSubTitle: `Above ${strike(low)}`, strikeType: 'greater', floor: strike(low) };
  }
  const [floor, cap] = [strike(low), strike(high)];
  return { code: `B${Number(((floor + cap) / 2).toFixed(2))}`, yesSubTitle: `${floor} to ${cap}`, strikeType: 'between', floor, cap };
}

const syllables = ['Bar', 'Cor', 'Del', 'Fen', 'Gal', 'Har', 'Ken', 'Lor', 'Mar', 'Nor', 'Pen', 'Ral', 'Sal', 'Tor', 'Vel', 'Win'];
const endings = ['bury', 'den', 'field', 'ford', 'ham', 'ley', 'low', 'mont', 'ridge', 'ton', 'vale', 'worth'];

export function properName(word: number): string {
  const uniform = (list: readonly string[], key: number) =>
    pick(
      mix(word, key),
      list.map((text) => [text, 1] as const),
    );
  return `${uniform(syllables, 1)}${uniform(endings, 2)}`;
}
