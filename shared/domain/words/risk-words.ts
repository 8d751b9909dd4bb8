import type { CheckId } from '../health/health.ts';
import type { HealthFacts } from '../health/health-facts.ts';
import type { AlertKind } from './alert.ts';
import { dollars } from './amounts.ts';

/** How a failed risk check is said. Checks with an alert of their own (breaker, reconciliation, sync) are not here. */
export interface RiskWords {
  readonly kind: AlertKind;
  /** Capitals for the state. */
  readonly state: string;
  /** The number's name in lower case. */
  readonly name: string;
  readonly bound: 'min' | 'limit';
  /** What the system does about it by itself. */
  readonly done: string;
  readonly restored: string;
  readonly advice: string;
  readonly commands: readonly string[];
  /** Said instead of the check's detail where that would say the headline's number again. */
  happened?(facts: HealthFacts): string;
}

export const riskWords: Readonly<Partial<Record<CheckId, RiskWords>>> = {
  'cash-reserve': {
    kind: 'cash-low',
    state: 'CASH LOW',
    name: 'cash',
    bound: 'min',
    done: 'New buys paused',
    restored: 'New buys on again.',
    advice: 'Sell something',
    commands: ['pilot risk --fix', 'pilot positions'],
    happened: cashText,
  },
  'capital-in-use': {
    kind: 'capital-in-use',
    state: 'MONEY IN USE',
    name: 'money in use',
    bound: 'limit',
    done: 'New buys paused',
    restored: 'New buys on again.',
    advice: 'Sell something',
    commands: ['pilot risk --fix', 'pilot positions'],
    happened: cashText,
  },
  'position-count': {
    kind: 'position-count',
    state: 'TOO MANY POSITIONS',
    name: 'positions',
    bound: 'limit',
    done: 'No new market is bought',
    restored: 'New markets may be bought again.',
    advice: 'Close the smallest',
    commands: ['pilot risk --fix', 'pilot positions'],
  },
  'largest-position': {
    kind: 'largest-position',
    state: 'POSITION TOO LARGE',
    name: 'largest position',
    bound: 'limit',
    done: 'No more of it is bought',
    restored: 'No position is too large.',
    advice: 'Sell a part of it',
    commands: ['pilot risk --fix', 'pilot positions'],
  },
  'exit-liveness': {
    kind: 'exit-liveness',
    state: 'NO EXIT',
    name: 'positions without a bid',
    bound: 'limit',
    done: 'Exits are tried again at each tick',
    restored: 'Every position can be sold again.',
    advice: 'See: pilot positions',
    commands: ['pilot positions'],
  },
  drawdown: {
    kind: 'drawdown',
    state: 'DRAWDOWN',
    name: 'drawdown',
    bound: 'limit',
    done: 'Trading goes on until the breaker’s own limit',
    restored: 'Value is near its peak again.',
    advice: 'Pause: pilot pause',
    commands: ['pilot pnl --by strategy', 'pilot pause'],
  },
  'win-rate-gap': {
    kind: 'win-rate-gap',
    state: 'WIN RATES APART',
    name: 'win rate gap',
    bound: 'limit',
    done: 'Both go on',
    restored: 'Both do equally well.',
    advice: 'See: pilot report --latest',
    commands: ['pilot report --latest', 'pilot pnl --by strategy'],
  },
  'quote-age': {
    kind: 'stale-data',
    state: 'QUOTES STALE',
    name: 'quote age',
    bound: 'limit',
    done: 'Nothing is bought on old quotes',
    restored: 'Quotes are fresh again.',
    advice: 'Run: pilot run scan',
    commands: ['pilot jobs', 'pilot run scan', 'pilot doctor'],
  },
  calibration: {
    kind: 'calibration',
    state: 'AI WORSE THAN MARKET',
    name: 'AI skill',
    bound: 'min',
    done: 'Its weight is fitted again tonight',
    restored: 'Its forecasts help again.',
    advice: 'See: pilot calibration',
    commands: ['pilot calibration', 'pilot ai'],
  },
  'ai-budget': {
    kind: 'ai-budget',
    state: 'AI BUDGET',
    name: 'AI budget',
    bound: 'limit',
    done: 'Model calls stop at the limit, trading goes on without them',
    restored: 'Model calls are on again.',
    advice: 'See: pilot ai',
    commands: ['pilot ai'],
  },
  'error-rate': {
    kind: 'error-rate',
    state: 'JOBS FAILING',
    name: 'failed runs',
    bound: 'limit',
    done: 'Each next tick runs as planned',
    restored: 'Runs succeed again.',
    advice: 'See: pilot logs',
    commands: ['pilot logs --level warn', 'pilot doctor'],
  },
};

function cashText({ portfolio }: HealthFacts): string {
  return `Cash ${dollars(portfolio?.value.cash)}`;
}
