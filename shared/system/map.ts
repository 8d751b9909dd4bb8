/**
 * What the system is made of. The stacks deploy it, the local runner walks it, the command line prints it, tests count it.
 * When it runs is in map/schedule.ts. Imports nothing.
 */

export const functionNames = [
  'scan',
  'forecast',
  'trade',
  'sync',
  'alert-check',
  'health',
  'daily-report',
  'daily-analysis',
  'weekly-analysis',
  'learn',
  'backup',
  'emergency-analysis',
  'control',
  'api',
] as const;
export type FunctionName = (typeof functionNames)[number];

/** What starts a function. `cron` has the six fields of AWS: minute hour day-of-month month day-of-week year. */
export type Trigger =
  | { readonly every: `${number} ${'minute' | 'minutes' | 'hour'}` }
  /** `moves`: the setting that gives another time or day. */
  | { readonly cron: string; readonly moves?: 'daily' | 'weekly' }
  /** When that function ends, well or badly, for the same tick. */
  | { readonly after: FunctionName }
  | { readonly byHand: true }
  | { readonly http: true };

export type SecretName = 'kalshi' | 'xai';

/** `note` writes what is not money: leases, runs, records. `write` writes everything; `readAll` walks a whole table. */
export type TableVerb = 'read' | 'note' | 'write' | 'readAll';

/** How long an undelivered event is still worth running, and how often Lambda tries again after a failure. */
export interface Delivery {
  readonly maxAgeSeconds: number;
  readonly retries: 0 | 1 | 2;
}

export interface FunctionSpec {
  readonly about: string;
  readonly trigger: Trigger;
  readonly delivery: Delivery;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly state: readonly TableVerb[];
  readonly reports: readonly TableVerb[];
  readonly recordings: readonly ('read' | 'write')[];
  readonly secrets: readonly SecretName[];
  /** May publish to the alerts topic. */
  readonly alerts: boolean;
  /** Functions it may start by itself. */
  readonly invokes: readonly FunctionName[];
  /** Alarm when it has not ended well for this long: the dead-man's switch. Emits the heartbeat metric. */
  readonly aliveWithinMinutes?: number;
}

/** Where orders are placed, or what leads to them: late is worse than never, and twice is worst. */
const once: Delivery = { maxAgeSeconds: 120, retries: 0 };
/** Reading and writing down: an hour late is fine, and so is another try. */
const patient: Delivery = { maxAgeSeconds: 3600, retries: 2 };

/** A job that notes what it finds, and says when something is wrong. */
const job = {
  delivery: patient,
  timeoutSeconds: 60,
  memoryMb: 512,
  state: ['read', 'note'],
  reports: [],
  recordings: [],
  secrets: [],
  alerts: true,
  invokes: [],
} satisfies Partial<FunctionSpec>;

export const functions: Readonly<Record<FunctionName, FunctionSpec>> = {
  scan: {
    ...job,
    about: 'look at every open market, record it, keep the candidates',
    trigger: { every: '15 minutes' },
    delivery: once,
    timeoutSeconds: 120,
    memoryMb: 1769,
    recordings: ['read', 'write'],
    aliveWithinMinutes: 45,
  },
  forecast: {
    ...job,
    about: 'ask the analyst about the candidates; never sees the trading key',
    trigger: { after: 'scan' },
    delivery: once,
    timeoutSeconds: 180,
    recordings: ['read'],
    secrets: ['xai'],
  },
  trade: {
    ...job,
    about: 'signals, sizes, gate, orders and exits',
    trigger: { after: 'forecast' },
    delivery: once,
    timeoutSeconds: 120,
    memoryMb: 1024,
    state: ['read', 'write'],
    recordings: ['read', 'write'],
    secrets: ['kalshi'],
    aliveWithinMinutes: 45,
  },
  sync: {
    ...job,
    about: 'make orders, fills, positions and cash agree with the exchange',
    trigger: { every: '5 minutes' },
    delivery: once,
    state: ['read', 'write'],
    secrets: ['kalshi'],
    aliveWithinMinutes: 15,
  },
  'alert-check': {
    ...job,
    about: 'raise, escalate and resolve alerts; deliver what is outstanding',
    trigger: { every: '10 minutes' },
    delivery: { maxAgeSeconds: 300, retries: 1 },
    memoryMb: 256,
    recordings: ['read'],
    aliveWithinMinutes: 30,
  },
  health: {
    ...job,
    about: 'risk checks and the health score',
    trigger: { every: '1 hour' },
    memoryMb: 256,
    aliveWithinMinutes: 180,
  },
  'daily-report': {
    ...job,
    about: 'the day in numbers: performance, positions, what to do',
    trigger: { cron: '0 8 * * ? *' },
    timeoutSeconds: 120,
    reports: ['read', 'write'],
  },
  'daily-analysis': {
    ...job,
    about: 'the analyst reads the day',
    trigger: { cron: '0 9 * * ? *', moves: 'daily' },
    timeoutSeconds: 180,
    reports: ['read', 'write'],
    secrets: ['xai'],
  },
  'weekly-analysis': {
    ...job,
    about: 'the analyst reads the week: trends, strategies, what to change',
    trigger: { cron: '0 9 ? * MON *', moves: 'weekly' },
    timeoutSeconds: 300,
    reports: ['read', 'write'],
    secrets: ['xai'],
  },
  learn: {
    ...job,
    about: 'score forecasts; refit calibration, weights and gates',
    trigger: { cron: '30 4 * * ? *' },
    timeoutSeconds: 600,
    memoryMb: 1769,
    recordings: ['read', 'write'],
  },
  backup: {
    ...job,
    about: 'write both tables to the recordings bucket',
    trigger: { cron: '0 5 * * ? *' },
    timeoutSeconds: 600,
    state: ['read', 'note', 'readAll'],
    reports: ['readAll'],
    recordings: ['read', 'write'],
  },
  'emergency-analysis': {
    ...job,
    about: 'the analyst reads a bad moment: what happened, what to close first',
    trigger: { byHand: true },
    delivery: { maxAgeSeconds: 300, retries: 0 },
    timeoutSeconds: 180,
    reports: ['read', 'write'],
    secrets: ['xai'],
  },
  control: {
    ...job,
    about: 'pause, resume, halt, cancel all, flatten, acknowledge',
    trigger: { byHand: true },
    delivery: { maxAgeSeconds: 60, retries: 0 },
    timeoutSeconds: 120,
    state: ['read', 'write'],
    secrets: ['kalshi'],
    invokes: ['emergency-analysis'],
  },
  api: {
    ...job,
    about: 'the dashboard and its data; reads, and asks control to act',
    trigger: { http: true },
    delivery: { maxAgeSeconds: 60, retries: 0 },
    timeoutSeconds: 30,
    state: ['read'],
    reports: ['read'],
    recordings: ['read'],
    alerts: false,
    invokes: ['control', 'scan', 'sync', 'alert-check', 'health', 'daily-report', 'daily-analysis', 'emergency-analysis'],
  },
};

/** Both tables have string keys. `expiresAt` is in epoch seconds, as DynamoDB wants it. */
export const tables = {
  state: { partitionKey: 'pk', sortKey: 'sk', ttl: 'expiresAt' },
  reports: { partitionKey: 'records', sortKey: 'key', ttl: 'expiresAt' },
} as const;
export type TableName = keyof typeof tables;

/** Partitions of the state table that a function with the verb `note` may write. */
export const notePartitions = ['LEASE#*', 'RUN#*', 'RECORD#*'] as const;

/** Published by each function with `aliveWithinMinutes` when it ends well, with its name as the dimension. */
export const heartbeat = { namespace: 'KalshiPilot', metric: 'Completed', dimension: 'job' } as const;

export type Mode = 'paper' | 'demo' | 'live';

/** The secrets a function can read in a mode: on paper nobody can read the trading key. */
export function secretsOf({ secrets }: FunctionSpec, mode: Mode): readonly SecretName[] {
  return mode === 'paper' ? secrets.filter((name) => name !== 'kalshi') : secrets;
}
