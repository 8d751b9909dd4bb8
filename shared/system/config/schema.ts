import * as z from 'zod/mini';
import { rungs } from '../../domain/book.ts';
import { ai } from './ai-schema.ts';
import { count, optional, positive, price, setting, share } from './setting.ts';
import { alerts, health } from './watch-schema.ts';

const names = z.array(z.string().check(z.minLength(1)));
const range = z.tuple([price, price]).check(z.refine(([low, high]) => low < high, 'the first must be smaller than the second'));

function selection(about: string) {
  return z.prefault(
    z.strictObject({
      categories: setting(names, [], `${about}: categories`),
      series: setting(names, [], `${about}: series tickers`),
      tickers: setting(names, [], `${about}: market tickers`),
    }),
    {},
  );
}

function rung(value: (typeof rungs)[number]) {
  return setting(z.enum(rungs), value, 'highest book the strategy may trade in: off, paper, demo or live');
}

/** Exit rules have the same names for every strategy; only their defaults differ. Null switches a rule off. */
function exits(defaults: { stop: number | null; recovery: number | null; timeShare: number | null }) {
  return z.prefault(
    z.strictObject({
      stop: setting(optional(share), defaults.stop, 'stop: leave at this share below the entry price'),
      recovery: setting(optional(positive), defaults.recovery, 'profit: leave at this share above the entry price (seed 003: 0.05)'),
      takeProfit: setting(optional(share), null, 'profit: leave after this share of the way from entry to $1'),
      trailActivate: setting(optional(price), null, 'trailing stop: armed once the bid was this many dollars above entry'),
      trailGive: setting(share, 0.5, 'trailing stop: share of the gain given back before leaving'),
      timeShare: setting(optional(share), defaults.timeShare, 'leave after this share of the time that was left at entry (seed 003: 0.5)'),
      portfolioStop: setting(optional(share), null, 'leave everything at this drawdown of the book (seed 003: 0.05)'),
      maxSpread: setting(price, 0.06, 'no stop on a quote wider than this, in dollars'),
      confirmSeconds: setting(count, 15, 'a trigger must hold in two looks at least this many seconds apart'),
      holdAbove: setting(price, 0.95, 'no exit from this bid up: it settles by itself'),
      holdMinutes: setting(count, 15, 'no exit this close to the end, in minutes'),
    }),
    {},
  );
}

const capital = z.strictObject({
  cash: setting(z.number().check(z.gte(0)), 1000, 'dollars a new paper book starts with'),
  max: setting(optional(positive), null, 'at most this many dollars of the account are the bankroll; null is all of it'),
  cashReserve: setting(share, 0.2, 'share of the bankroll that stays cash (seed 003: emergency reserve of 20 %)'),
  allow: selection('only these may be entered; all empty allows all'),
  deny: selection('these are never entered'),
  acknowledgedSeries: setting(names, [], 'series with prohibitions that you have read and are not subject to'),
});

const scan = z.strictObject({
  volumeField: setting(z.enum(['volume', 'volume24h']), 'volume24h', 'which volume the scan asks for'),
  minVolume: setting(z.number().check(z.gte(0)), 500, 'contracts'),
  priceRange: setting(range, [0.2, 0.8], 'YES mid in dollars, both ends included'),
  maxSpread: setting(price, 0.05, 'a spread this wide or wider is dropped, in dollars'),
  maxDays: setting(positive, 30, 'days until close'),
});

const sizing = z.strictObject({
  kellyFraction: setting(share, 0.25, "share of Kelly's stake"),
  perMarket: setting(share, 0.03, 'share of the bankroll in one market'),
  perEvent: setting(share, 0.12, 'share of the bankroll in one event'),
  perCategory: setting(share, 0.3, 'share of the bankroll in one category'),
  depth: setting(share, 0.25, 'share of the displayed size that one order may take'),
  maxOrder: setting(optional(positive), null, 'most dollars in one order; null is no such cap'),
  ignoreFees: setting(z.boolean(), false, 'seed 001 sizes without fees; wrong, it over-bets by half at small edges; off'),
});

const risk = z.strictObject({
  maxPositions: setting(count, 12, 'positions and live entries at once'),
  maxDrawdown: setting(share, 0.2, 'drawdown from the peak that halts'),
  dailyLossShare: setting(share, 0.08, "share of the day's first equity whose loss halts"),
  dailyLossDollars: setting(positive, 500, 'dollars whose loss in a day halts'),
  losingStreak: setting(z.int().check(z.gte(1)), 5, 'losing trades in a row that halt'),
  maxQuoteAgeSeconds: setting(positive, 90, 'a decision on an older quote is refused'),
  maxSlippage: setting(
    price,
    0.02,
    'dollars a limit may be worse than the quote it was decided on, and a re-peg than the first limit (seed 003)',
  ),
  maxDataAgeMinutes: setting(positive, 20, 'account data older than this reduces'),
  maxSkewSeconds: setting(positive, 5, "a clock further than this from the exchange's reduces"),
  maxErrorRate: setting(share, 0.5, 'share of failed runs within an hour that reduces'),
});

const execution = z.strictObject({
  repegs: setting(count, 3, 'times an entry that rests and was outbid may be re-pegged, by amending it; 0 leaves it where it was put'),
  improvement: setting(price, 0.005, 'dollars a re-peg bids over the best bid, at least a tick (seed 003: half a cent)'),
  repegSeconds: setting(count, 60, 'least seconds an entry rests before it is re-pegged, and between re-pegs'),
});

const protections = z.strictObject({
  cooldownHours: setting(z.number().check(z.gte(0)), 24, 'a market rests this long after a trade closed'),
  stops: setting(z.int().check(z.gte(1)), 4, 'stops within the window that lock everything'),
  stopWindowHours: setting(positive, 24, 'window for counting stops'),
  stopLockHours: setting(positive, 12, 'how long stops lock everything'),
  seriesLoss: setting(positive, 20, 'dollars lost in a series within the window that lock it'),
  seriesWindowHours: setting(positive, 168, "window for a series' losses"),
  seriesLockHours: setting(positive, 24, "how long a series' losses lock it"),
});

const dips = z.strictObject({
  rung: rung('paper'),
  minDrop: setting(share, 0.1, 'fall of a side against a day or a week ago, as a share'),
  recovery: setting(share, 0.5, 'share of the fall expected to come back; unproven'),
  siblingShare: setting(share, 0.5, "a fall is explained when the event's other markets gained this share of it; 1 does not ask"),
  goodForMinutes: setting(positive, 60, 'an entry that has not filled by then lapses'),
  exits: exits({ stop: 0.2, recovery: 0.05, timeShare: 0.5 }),
});

const favourites = z.strictObject({
  rung: rung('paper'),
  priceRange: setting(range, [0.85, 0.97], 'mid of the favoured side in dollars'),
  minHours: setting(z.number().check(z.gte(0)), 1, 'least hours to close'),
  maxDays: setting(positive, 7, 'most days to close'),
  minEdge: setting(price, 0.01, 'dollars the calibrated probability must exceed the cost by'),
  minErrors: setting(z.number().check(z.gte(0)), 2, 'standard errors it must exceed the cost by'),
  cashYield: setting(z.number().check(z.gte(0)), 0.04, 'what cash earns in a year'),
  excessYield: setting(z.number().check(z.gte(0)), 0.1, 'what a trade must earn on top, annualised'),
  clamp: setting(share, 0.08, 'most that calibration may move a price'),
  against: setting(z.boolean(), false, 'seed 002 buys against favourites; wrong, they are underpriced; off'),
  goodForMinutes: setting(positive, 60, 'an entry that has not filled by then lapses'),
  exits: exits({ stop: null, recovery: null, timeShare: null }),
});

const directional = z.strictObject({
  rung: rung('paper'),
  minVolume: setting(z.number().check(z.gte(0)), 500, 'contracts, in the field of scan.volumeField'),
  priceRange: setting(range, [0.05, 0.95], 'YES mid in dollars, both ends included'),
  maxSpread: setting(price, 0.05, 'a spread this wide or wider is dropped, in dollars'),
  minHours: setting(z.number().check(z.gte(0)), 1, 'least hours to close: later the market knows more'),
  maxDays: setting(positive, 30, 'most days to close'),
  maxForecastMinutes: setting(positive, 30, 'a forecast older than this is not acted on'),
  minEdge: setting(price, 0.02, 'dollars the blended probability must exceed price and fee by'),
  minConfidence: setting(share, 0.8, 'least chance that the side is worth more than it costs (seed 002: 0.65)'),
  exits: exits({ stop: 0.25, recovery: null, timeShare: null }),
});

/** Every setting there is. Absent is the default; unknown, empty or out of range is refused. */
export const configSchema = z.strictObject({
  mode: setting(z.enum(['paper', 'demo', 'live']), 'paper', 'highest book that may trade'),
  zone: setting(z.string().check(z.minLength(1)), 'America/New_York', 'time zone of screens and daily jobs'),
  account: setting(z.enum(['direct', 'non-direct']), 'direct', 'membership: decides how fees are rounded'),
  capital: z.prefault(capital, {}),
  scan: z.prefault(scan, {}),
  sizing: z.prefault(sizing, {}),
  risk: z.prefault(risk, {}),
  execution: z.prefault(execution, {}),
  breaker: z.prefault(
    z.strictObject({ replay: setting(z.enum(['day', 'stay']), 'day', 'in replay a halt ends at the next day in New York, or stays') }),
    {},
  ),
  protections: z.prefault(protections, {}),
  strategies: z.prefault(
    z.strictObject({ dips: z.prefault(dips, {}), favourites: z.prefault(favourites, {}), directional: z.prefault(directional, {}) }),
    {},
  ),
  learn: z.prefault(
    z.strictObject({
      strength: setting(positive, 300, 'samples that the belief "prices are right" is worth'),
      minEvents: setting(count, 30, 'settled events before calibration may be used'),
    }),
    {},
  ),
  ai: z.prefault(ai, {}),
  costs: z.prefault(
    z.strictObject({
      cloudMonthly: setting(
        z.number().check(z.gte(0)),
        1.5,
        'dollars the cloud costs in 30 days, for results net of costs; 0 on your own machine',
      ),
    }),
    {},
  ),
  health: z.prefault(health, {}),
  alerts: z.prefault(alerts, {}),
});

export type Config = z.output<typeof configSchema>;
/** What pilot.config.ts and presets give: any part of it. */
export type ConfigInput = z.input<typeof configSchema>;
