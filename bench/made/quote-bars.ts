import { between, lognormal, mix, normal, share } from '../../local/exchange/world/chance.ts';
import { normalQuantile, normalShare } from '../../local/exchange/world/gaussian.ts';
import { feeTerms } from '../../shared/domain/fees.ts';
import type { MarketOutcome, MarketTerms } from '../../shared/domain/market.ts';
import type { Millis, Price, Usd } from '../../shared/domain/money.ts';
import type { MarketRow } from '../../shared/domain/rows-board.ts';

export const STEP: Millis = 15 * 60_000;
const DAY_STEPS = 96;
const START: Millis = Date.UTC(2026, 0, 5);

/** Quote bars of many markets in time order, in columns: bar i is a new quote of market `row[i]` at `at[i]`. */
export interface QuoteBars {
  readonly rows: readonly MarketRow[];
  readonly count: number;
  readonly row: Uint32Array;
  readonly at: Float64Array;
  /** Ten-thousandths; 0 is no bid, 10,000 no ask. */
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly size: Float64Array;
  readonly volume: Float64Array;
  /** How each market ends, by row, one step after its last bar. */
  readonly outcomes: readonly MarketOutcome[];
}

export const categories = ['Climate', 'Politics', 'Economics', 'Sports', 'Crypto', 'Companies', 'Culture', 'Science'] as const;

const terms: MarketTerms = {
  fee: feeTerms('quadratic', 1),
  priceRanges: [{ start: 100 as Price, end: 9_900 as Price, step: 100 as Price }],
  shard: 0,
  mutuallyExclusive: false,
  prohibitions: [],
};

/** One market's fixed traits and where its hidden path stands. */
interface Life {
  readonly first: number;
  readonly steps: number;
  readonly lean: number;
  readonly spread: number;
  readonly pace: number;
  path: number;
  volume: number;
}

/**
 * Markets of 3 to 17 days, a bar every 15 minutes. The hidden probability is a martingale that ends in 0 or 1, so nothing
 * planted favours a strategy; spreads, volumes and prices are spread out like those of recorded panels. They open one after
 * another within so many days.
 */
export function makeQuoteBars(markets: number, seed: number, openingDays = 4): QuoteBars {
  const lives = Array.from({ length: markets }, (_, row) => beginLife(seed, row, openingDays));
  const count = lives.reduce((sum, { steps }) => sum + steps, 0);
  const column = () => new Float64Array(count);
  const bars = { row: new Uint32Array(count), at: column(), bid: column(), ask: column(), size: column(), volume: column() };
  const end = Math.max(...lives.map(({ first, steps }) => first + steps));
  let bar = 0;
  for (let step = 0; step < end; step++) {
    for (const [row, life] of lives.entries()) {
      if (step < life.first || step >= life.first + life.steps) continue;
      const word = mix(mix(seed, row), step);
      const yes = advance(life, step, word);
      bars.row[bar] = row;
      bars.at[bar] = START + step * STEP;
      bars.bid[bar] = Math.max(0, Math.floor((yes * 10_000 - life.spread / 2) / 100) * 100);
      bars.ask[bar] = Math.min(10_000, (bars.bid[bar] ?? 0) + life.spread);
      bars.size[bar] = Math.round(lognormal(mix(word, 2), 200, 1)) * 100;
      bars.volume[bar] = life.volume;
      bar++;
    }
  }
  return { ...bars, count, rows: lives.map(rowOf), outcomes: lives.map(outcomeOf) };
}

function beginLife(seed: number, row: number, openingDays: number): Life {
  const word = mix(seed, row);
  const draw = (key: number) => mix(word, -1 - key);
  return {
    first: Math.floor(between(draw(0), 0, openingDays * DAY_STEPS)),
    steps: Math.floor(between(draw(1), 3 * DAY_STEPS, 17 * DAY_STEPS)),
    lean: normalQuantile(between(draw(2), 0.03, 0.97)),
    spread: Math.round(Math.min(20, Math.max(1, lognormal(draw(3), 3, 0.7)))) * 100,
    pace: lognormal(draw(4), 0.8, 1.5),
    path: 0,
    volume: 0,
  };
}

/** Probability of a Brownian path from the lean to end above zero, given where it is. A martingale. */
function advance(life: Life, step: number, word: number): number {
  life.path += normal(word) / Math.sqrt(life.steps);
  life.volume += Math.floor(share(mix(word, 1)) * life.pace * 2) * 100;
  const left = 1 - (step - life.first + 1) / (life.steps + 1);
  return normalShare((life.lean + life.path) / Math.sqrt(left));
}

function rowOf({ first, steps }: Life, row: number): MarketRow {
  const closeTime = START + (first + steps) * STEP;
  const unknown = { bid: Number.NaN, ask: Number.NaN, bidSize: Number.NaN, askSize: Number.NaN, last: Number.NaN };
  const event = `KXMADE${row % 50}-${Math.floor(row / 4)}`;
  return {
    ...unknown,
    ticker: `${event}-T${row}`,
    event,
    series: `KXMADE${row % 50}`,
    status: 'active',
    volume: Number.NaN,
    volume24h: Number.NaN,
    openInterest: Number.NaN,
    closeTime,
    knownClose: closeTime,
    quotedAt: START,
    terms: { ...terms, category: categories[row % categories.length] ?? '' },
  };
}

function outcomeOf({ first, steps, lean, path }: Life, row: number): MarketOutcome {
  const yes = lean + path > 0;
  const { ticker } = rowOf({ first, steps } as Life, row);
  return { ticker, result: yes ? 'yes' : 'no', yesValue: (yes ? 1_000_000 : 0) as Usd, settledAt: START + (first + steps) * STEP };
}
