import type { Book } from '../book.ts';
import type { Millis } from '../money.ts';
import { capital, clip, plain, sentence } from './plain-text.ts';

export const alertTypes = ['CRITICAL', 'WARNING', 'WEEKLY_SUMMARY', 'SYSTEM_ERROR', 'RESOLVED'] as const;
export type AlertType = (typeof alertTypes)[number];

/**
 * What there is to be told. A kind that `lasts` is a state: it is open until it is over and then RESOLVED; the others
 * happen once. `about` completes "You are told when …".
 */
export const alertKinds = {
  breaker: { name: 'trading stop', lasts: true, about: 'the breaker stops trading or new buys' },
  emergency: { name: 'emergency stop', lasts: false, about: 'somebody presses the emergency stop' },
  sync: { name: 'sync failing', lasts: true, about: 'the exchange cannot be read' },
  reconciliation: { name: 'books disagree', lasts: true, about: 'ledger, fills and exchange disagree' },
  'fee-divergence': { name: 'fees differ', lasts: true, about: 'the exchange charges other fees than computed' },
  'cash-low': { name: 'cash low', lasts: true, about: 'cash falls below its reserve' },
  'capital-in-use': { name: 'money in use', lasts: true, about: 'too much money is in use' },
  'position-count': { name: 'too many positions', lasts: true, about: 'there are too many positions' },
  'largest-position': { name: 'position too large', lasts: true, about: 'one position is too large' },
  'exit-liveness': { name: 'no exit', lasts: true, about: 'a position cannot be sold' },
  drawdown: { name: 'drawdown', lasts: true, about: 'value falls too far below its peak' },
  'win-rate-gap': { name: 'win rates apart', lasts: true, about: 'manual and automated trades do differently well' },
  'stale-data': { name: 'quotes stale', lasts: true, about: 'quotes are old' },
  calibration: { name: 'AI worse than market', lasts: true, about: 'the AI does worse than the market price' },
  'ai-weight': { name: 'AI weight 0', lasts: true, about: 'the AI loses its weight in decisions' },
  'ai-budget': { name: 'AI budget', lasts: true, about: 'the AI budget runs out' },
  'error-rate': { name: 'jobs failing', lasts: true, about: 'jobs fail too often' },
  health: { name: 'health', lasts: true, about: 'the health score is low or unknown' },
  'job-missed': { name: 'job missed', lasts: true, about: 'a job does not run when it should' },
  'job-failed': { name: 'job failed', lasts: false, about: 'a job fails' },
  'delivery-failed': { name: 'alert not delivered', lasts: false, about: 'an alert could not be delivered' },
  'price-drop': { name: 'price drop', lasts: false, about: 'a liquid market drops' },
  'tight-spread': { name: 'tight spread', lasts: false, about: 'a liquid market’s spread tightens' },
  'new-market': { name: 'new market', lasts: false, about: 'a market that ends soon is listed' },
  'rules-changed': { name: 'market changed', lasts: false, about: 'the terms of a market you hold change' },
  'order-rejected': { name: 'order rejected', lasts: false, about: 'the exchange refuses an order' },
  'order-unknown': { name: 'order unknown', lasts: true, about: 'nobody knows what became of an order' },
  'region-expiry': { name: 'location check', lasts: true, about: 'the API key’s location attestation runs out' },
  'schema-canary': { name: 'API changed', lasts: true, about: 'the exchange’s answers change shape' },
  'no-trades': { name: 'no trades', lasts: true, about: 'nothing was traded for days' },
  'strategy-demoted': { name: 'strategy demoted', lasts: false, about: 'a strategy loses its rung' },
  report: { name: 'report', lasts: false, about: 'a report is ready' },
} as const satisfies Record<string, { readonly name: string; readonly lasts: boolean; readonly about: string }>;
export type AlertKind = keyof typeof alertKinds;

/** One value that becomes SMS, e-mail, page, file and console text. State, number, limit, what was done, what to do. */
export interface Alert {
  readonly id: string;
  readonly at: Millis;
  readonly type: AlertType;
  readonly kind: AlertKind;
  /** De-duplicates: one open alert per cause. */
  readonly cause: string;
  readonly book: Book;
  /** Says it in a few words, capitals for the state. */
  readonly headline: string;
  /** The same for the subject of an e-mail, with the number and its limit. */
  readonly subject: string;
  /** State, number, limit. */
  readonly happened: string;
  /** What the system did by itself. */
  readonly done: string;
  /** What a person should do next, in a few words. */
  readonly advice: string;
  /** The same at length, where there is room. */
  readonly steps?: readonly string[];
  readonly commands: readonly string[];
  readonly values: Readonly<Record<string, string | number>>;
  /** What is so again once the cause is gone. */
  readonly restored?: string;
  /** A whole report, which an e-mail carries instead of the parts above. */
  readonly text?: string;
}

export interface Moment {
  readonly at: Millis;
  readonly book: Book;
}

/** The parts a builder gives; the id follows from cause and time, so the same alert made twice is one. */
export type AlertParts = Omit<Alert, 'id' | 'at' | 'book' | 'cause'> & { readonly subjectOf?: string };

const HEADLINE = 140;

/** Cleans every text, for some of it comes from outside. `subjectOf` (a ticker, a job) makes the cause its own. */
export function alertOf({ at, book }: Moment, { subjectOf, ...parts }: AlertParts): Alert {
  const cause = plain([book, parts.kind, ...(subjectOf === undefined ? [] : [subjectOf])].join(':'));
  return {
    ...parts,
    id: `${new Date(at).toISOString()}:${cause}`,
    at,
    book,
    cause,
    headline: plain(parts.headline, HEADLINE),
    subject: plain(parts.subject),
    happened: sentence(capital(plain(parts.happened))),
    done: sentence(capital(plain(parts.done))),
    advice: plain(parts.advice),
    ...(parts.steps ? { steps: parts.steps.map((step) => plain(step)) } : {}),
    commands: parts.commands.map((command) => plain(command)),
    values: Object.fromEntries(
      Object.entries(parts.values).map(([name, value]) => [plain(name), typeof value === 'string' ? plain(value) : value]),
    ),
  };
}

/** A market's name where space is short: as much of the title as fits, and the ticker. */
export function marketName(ticker: string, title: string | undefined, limit = 48): string {
  const name = plain(ticker, 30);
  return title === undefined ? name : `${clip(plain(title), Math.max(8, limit - name.length - 3))} (${name})`;
}

/** Where the dashboard shows the alerts of this moment: short enough for a phone's message. */
export function alertLink({ at }: Pick<Alert, 'at'>, dashboardUrl: string): string {
  return `${dashboardUrl.replace(/\/$/, '')}/a/${Math.floor(at).toString(36)}`;
}
