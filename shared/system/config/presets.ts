import { ConfigError } from './config.ts';
import type { ConfigInput } from './schema.ts';

/** A seed's own numbers, with what is wrong about them. */
export interface Preset {
  readonly about: string;
  readonly warnings: readonly string[];
  readonly settings: ConfigInput;
}

/** Named sets of settings: each seed document's numbers as it gives them. Source: algorithms "Seed numbers". */
export const presets = {
  'seed-000': {
    about: 'the performance analysis: at most 10 % a position, 12 positions, 15–20 % cash',
    warnings: ['its health score counts cash and capital in use twice; it is shown beside the one that counts once'],
    settings: { capital: { cashReserve: 0.15 }, sizing: { perMarket: 0.1 }, risk: { maxPositions: 12 } },
  },
  'seed-001': {
    about: 'the circuit breaker: full Kelly capped at 25 %, 20 % drawdown, $500 a day, 5 losses in a row',
    warnings: ['full Kelly without fees over-bets: at 55 % against 50¢ its stake is half too large'],
    settings: {
      sizing: { kellyFraction: 1, perMarket: 0.25, perEvent: 0.25, ignoreFees: true },
      risk: { maxDrawdown: 0.2, dailyLossDollars: 500, losingStreak: 5 },
    },
  },
  'seed-001-example': {
    about: "the circuit breaker's example: 15 % drawdown, $300 a day, 3 losses in a row",
    warnings: ['as seed-001'],
    settings: {
      sizing: { kellyFraction: 1, perMarket: 0.25, perEvent: 0.25, ignoreFees: true },
      risk: { maxDrawdown: 0.15, dailyLossDollars: 300, losingStreak: 3 },
    },
  },
  'seed-002': {
    about: 'the AI bot: 0.55 Kelly, 3 % a position, 6 positions, 8 % daily loss, volume 750, 14 days',
    warnings: [
      'its theta rule buys against favourites, which are underpriced; strategies.favourites.against stays off',
      'its in-market arbitrage cannot exist: one book makes YES ask + NO ask at least $1',
    ],
    settings: {
      sizing: { kellyFraction: 0.55, perMarket: 0.03 },
      risk: { maxPositions: 6, dailyLossShare: 0.08 },
      scan: { minVolume: 750, maxDays: 14 },
      capital: { cashReserve: 0.15 },
      ai: { dailyBudget: 12 },
      strategies: {
        favourites: { exits: { trailActivate: 0.05, trailGive: 0.5 } },
        directional: { minVolume: 750, maxDays: 14, minConfidence: 0.65, exits: { trailActivate: 0.05, trailGive: 0.5 } },
      },
    },
  },
  'seed-003': {
    about: 'the live dashboard: dips of 10 %, 5 % a trade, 20 % reserve, 5 % recovery, half the time, 5 % drawdown',
    warnings: ['its fees (0.5 %, 2 %, 3 %) are not the exchange’s; the exact ones are charged'],
    settings: {
      sizing: { perMarket: 0.05 },
      risk: { maxPositions: 10, dailyLossShare: 0.05, maxDrawdown: 0.1 },
      capital: { cashReserve: 0.2 },
      strategies: { dips: { exits: { recovery: 0.05, timeShare: 0.5, stop: 0.2, portfolioStop: 0.05 } } },
    },
  },
  'seed-003-first-trade': {
    about: 'the first live trade: $10 at most, $2 loss at most',
    warnings: ['a stop does not cap a gap: the $2 is what a 20 % stop aims at'],
    settings: { sizing: { maxOrder: 10 }, strategies: { dips: { exits: { stop: 0.2 } } } },
  },
  'seed-004': {
    about: 'the ML bot: a tenth of Kelly',
    warnings: ['it signs with HMAC, which the exchange does not accept; requests are signed with RSA-PSS or Ed25519'],
    settings: { sizing: { kellyFraction: 0.1 } },
  },
} as const satisfies Record<string, Preset>;

type PresetName = keyof typeof presets;
export const presetNames = Object.keys(presets) as readonly PresetName[];

/** What a preset sets. Throws ConfigError for a name that is none. */
export function presetSettings(name: string): ConfigInput {
  const known = presetNames.find((candidate) => candidate === name);
  if (known) return presets[known].settings;
  throw new ConfigError([`preset: "${name}" is not known. Fix: use one of ${presetNames.join(', ')}`]);
}
