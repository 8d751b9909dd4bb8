import type { AlertKind } from './alert.ts';

/** The page, the file and the console follow `dashboard`. */
export const channels = ['dashboard', 'email', 'sms', 'webhook'] as const;
export type Channel = (typeof channels)[number];

/** At once, once it has lasted so many minutes, in the daily digest, or never. */
export type Delivery = 'now' | { readonly afterMinutes: number } | 'digest' | 'off';
export type NoiseRow = Readonly<Record<Channel, Delivery>>;

/** Who is told what, and how often. Configuration. */
export interface Noise {
  readonly kinds: Readonly<Record<AlertKind, NoiseRow>>;
  /** Every alert of type WARNING, whatever its kind. */
  readonly warning: NoiseRow;
  /** One alert per cause and channel in this time, escalations and RESOLVED apart. */
  readonly repeatHours: number;
  /** A cause must be gone this long before it is RESOLVED, so that flapping is one alert. */
  readonly resolveAfterMinutes: number;
  /** Kinds or causes that only the dashboard shows, until when (ms). */
  readonly muted: Readonly<Record<string, number>>;
}

const urgent: NoiseRow = { dashboard: 'now', email: 'now', sms: 'now', webhook: 'now' };
const pressing: NoiseRow = { dashboard: 'now', email: 'now', sms: { afterMinutes: 15 }, webhook: 'now' };
const mailed: NoiseRow = { dashboard: 'now', email: 'now', sms: 'off', webhook: 'now' };
const digested: NoiseRow = { dashboard: 'now', email: 'digest', sms: 'off', webhook: 'off' };

/** Quiet by default: a phone rings for what cannot wait, a mail comes for what must be known, the rest is in the digest. */
export const defaultNoise: Noise = {
  kinds: {
    breaker: urgent,
    emergency: urgent,
    sync: urgent,
    reconciliation: urgent,
    'fee-divergence': urgent,
    'job-missed': urgent,
    'cash-low': pressing,
    'capital-in-use': pressing,
    'position-count': pressing,
    'largest-position': pressing,
    'exit-liveness': pressing,
    drawdown: pressing,
    'stale-data': pressing,
    'ai-budget': pressing,
    'error-rate': pressing,
    health: pressing,
    'order-unknown': pressing,
    'region-expiry': pressing,
    'schema-canary': mailed,
    'rules-changed': mailed,
    'job-failed': mailed,
    report: mailed,
    'delivery-failed': digested,
    'win-rate-gap': digested,
    calibration: digested,
    'ai-weight': digested,
    'price-drop': digested,
    'tight-spread': digested,
    'new-market': digested,
    'order-rejected': digested,
    'no-trades': digested,
    'strategy-demoted': digested,
  },
  warning: digested,
  repeatHours: 6,
  resolveAfterMinutes: 10,
  muted: {},
};
