import type { Millis } from '../../../shared/domain/money.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How a family of markets behaves. Money in dollars, sizes in contracts. */
export interface SeriesKind {
  readonly name: string;
  /** Share of all open markets. By category of events in event-metadata-jan2026, weather and crypto raised to their share of markets. */
  readonly weight: number;
  /** Most series of this kind, whatever the size of the world: each has many events a day. */
  readonly most?: number;
  readonly categories: readonly string[];
  readonly frequency: string;
  /** From one event's opening to the next one's. */
  readonly period: Millis;
  /** From opening to the scheduled close. */
  readonly life: Millis;
  /** How long before its opening an event is listed. */
  readonly ahead: Millis;
  /** News comes in 2^depth steps. */
  readonly depth: number;
  readonly form: 'buckets' | 'ladder' | 'names' | 'game' | 'single';
  readonly markets: readonly [number, number];
  readonly closesEarly: 'always' | 'sometimes' | 'never';
  readonly structures: readonly (readonly [string, number])[];
  readonly shard: number;
  /** Series that charge makers too. event-metadata-jan2026: 521 of 3,338 events. */
  readonly makerFees: number;
  /** Median spread at a price of one half, and the standard deviation of its logarithm between markets. */
  readonly spread: readonly [number, number];
  /** Median contracts at the best price, and over a market's life. */
  readonly depthAtBest: number;
  readonly volume: number;
  /** From the end of trading to the determination, and from there to the settlement. */
  readonly determines: Millis;
  readonly timer: Millis;
}

/**
 * Measured on recorded quotes: spreads at mids of 30 to 60 cents are .06 to .09 in weather-40series (.02 to .05 in weather-20city),
 * .04 to .05 in kxrt, .02 in gold15m (medians; 90th percentile 3 to 4 times as wide), .08 in fed-decision; contracts at the best price
 * in gold15m: median 100, quartiles 38 and 276, behind it 50; contracts traded per market: weather-40series 3,800, kxrt 2,100, gold15m
 * 8,700 to 24,000, fed-decision 224 (quartiles 60 and 1,493, 95th percentile 1.3 million), event-cards 21,000 per event.
 */
export const seriesKinds: readonly SeriesKind[] = [
  {
    name: 'game',
    weight: 0.3,
    categories: ['Sports'],
    frequency: 'custom',
    period: 12 * HOUR,
    life: 18 * DAY,
    ahead: HOUR,
    depth: 12,
    form: 'game',
    markets: [2, 2],
    closesEarly: 'always',
    structures: [
      ['linear_cent', 8],
      ['center_whole_edge_half_cent', 2],
    ],
    shard: 3,
    makerFees: 0.4,
    spread: [0.02, 0.5],
    depthAtBest: 400,
    volume: 20_000,
    determines: 10 * MINUTE,
    timer: 30 * MINUTE,
  },
  {
    name: 'names',
    weight: 0.27,
    categories: ['Politics', 'Elections', 'Entertainment', 'Companies', 'Science and Technology'],
    frequency: 'one_off',
    period: 400 * DAY,
    life: 400 * DAY,
    ahead: 2 * DAY,
    depth: 13,
    form: 'names',
    markets: [3, 24],
    closesEarly: 'sometimes',
    structures: [
      ['linear_cent', 7],
      ['tapered_deci_cent', 3],
    ],
    shard: 0,
    makerFees: 0.1,
    spread: [0.04, 0.8],
    depthAtBest: 120,
    volume: 4_000,
    determines: HOUR,
    timer: 3 * HOUR,
  },
  {
    name: 'ladder',
    weight: 0.14,
    categories: ['Entertainment', 'Economics', 'Financials'],
    frequency: 'weekly',
    period: 7 * DAY,
    life: 16 * DAY,
    ahead: DAY,
    depth: 12,
    form: 'ladder',
    markets: [8, 20],
    closesEarly: 'never',
    structures: [
      ['linear_cent', 8],
      ['deci_cent', 1],
      ['center_half_edge_deci_cent', 1],
    ],
    shard: 0,
    makerFees: 0.05,
    spread: [0.045, 0.5],
    depthAtBest: 60,
    volume: 2_100,
    determines: 20 * MINUTE,
    timer: HOUR,
  },
  {
    name: 'buckets',
    weight: 0.12,
    categories: ['Climate and Weather'],
    frequency: 'daily',
    period: DAY,
    life: 39 * HOUR,
    ahead: 2 * HOUR,
    depth: 10,
    form: 'buckets',
    markets: [6, 6],
    closesEarly: 'never',
    structures: [['linear_cent', 1]],
    shard: 0,
    makerFees: 0,
    spread: [0.05, 0.7],
    depthAtBest: 80,
    volume: 3_800,
    determines: 2 * HOUR,
    timer: HOUR,
  },
  {
    name: 'crypto',
    weight: 0.09,
    categories: ['Crypto', 'Commodities'],
    frequency: 'daily',
    period: DAY,
    life: 2 * DAY,
    ahead: HOUR,
    depth: 12,
    form: 'ladder',
    markets: [20, 40],
    closesEarly: 'never',
    structures: [
      ['linear_cent', 4],
      ['center_deci_edge_centi_cent', 2],
      ['center_quint_edge_deci_cent', 2],
      ['center_centi_edge_centi_cent', 1],
    ],
    shard: 2,
    makerFees: 0,
    spread: [0.02, 0.6],
    depthAtBest: 150,
    volume: 8_000,
    determines: 30_000,
    timer: MINUTE,
  },
  {
    name: 'meeting',
    weight: 0.05,
    categories: ['Economics'],
    frequency: 'custom',
    period: 45 * DAY,
    life: 360 * DAY,
    ahead: DAY,
    depth: 13,
    form: 'buckets',
    markets: [5, 5],
    closesEarly: 'never',
    structures: [
      ['linear_cent', 3],
      ['tapered_deci_cent', 1],
    ],
    shard: 0,
    makerFees: 0.3,
    spread: [0.08, 0.5],
    depthAtBest: 200,
    volume: 1_500,
    determines: 10 * MINUTE,
    timer: HOUR,
  },
  {
    name: 'fifteen',
    weight: 0.03,
    most: 6,
    categories: ['Commodities', 'Crypto'],
    frequency: 'fifteen_min',
    period: 15 * MINUTE,
    life: 15 * MINUTE,
    ahead: HOUR,
    depth: 8,
    form: 'single',
    markets: [1, 1],
    closesEarly: 'never',
    structures: [['linear_cent', 1]],
    shard: 2,
    makerFees: 0,
    spread: [0.02, 0.4],
    depthAtBest: 100,
    volume: 14_000,
    determines: 5_000,
    timer: 1_000,
  },
];

/** Multi-leg combinations: listed first, quoted thinly, on a shard of their own, and left out by `mve_filter=exclude`. */
export const combos: SeriesKind = {
  name: 'combo',
  weight: 0,
  categories: ['Sports'],
  frequency: 'custom',
  period: DAY,
  life: 4 * DAY,
  ahead: MINUTE,
  depth: 10,
  form: 'names',
  markets: [5, 5],
  closesEarly: 'sometimes',
  structures: [['center_deci_edge_centi_cent', 1]],
  shard: 1,
  makerFees: 0,
  spread: [0.06, 0.5],
  depthAtBest: 40,
  volume: 200,
  determines: 10 * MINUTE,
  timer: 30 * MINUTE,
};
