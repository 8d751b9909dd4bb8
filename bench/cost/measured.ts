import * as z from 'zod/mini';
import { functionNames } from '../../shared/system/map.ts';

const amount = z.number().check(z.nonnegative());

/** One run of a function, on average. Reads and writes in DynamoDB's request units. */
const run = z.strictObject({
  source: z.string().check(z.minLength(1)),
  /** Runs a month of a function that no schedule starts. */
  runs: z.optional(amount),
  seconds: amount,
  initSeconds: amount,
  /** Share of runs that find no warm environment. */
  coldShare: amount.check(z.lte(1)),
  writes: amount,
  reads: amount,
  puts: amount,
  gets: amount,
  putMegabytes: amount,
  logKilobytes: amount,
  publishes: amount,
});

/** What the system uses, measured or, where `source` says so, estimated. Amounts without another word are per month. */
export const measuredSchema = z.strictObject({
  functions: z.record(z.enum(functionNames), run),
  tables: z.strictObject({ source: z.string(), state: amount, reports: amount }),
  alerts: z.strictObject({ source: z.string(), emails: amount }),
  undelivered: z.strictObject({ source: z.string(), messages: amount }),
  dashboard: z.strictObject({ source: z.string(), kilobytes: amount, visitKilobytes: amount, people: amount }),
  apart: z.strictObject({
    source: z.string(),
    aiDollarsPerDay: amount,
    smsMessages: amount,
    workerVcpu: amount,
    workerGigabytes: amount,
    sweepVcpuHours: amount,
  }),
});
export type Measured = z.output<typeof measuredSchema>;

export const pricesSchema = z.strictObject({
  checkedOn: z.iso.date(),
  region: z.string(),
  /** Dollars a unit; `free` units a month are never charged, in any account, for ever. */
  prices: z.record(z.string(), z.strictObject({ dollars: amount, free: amount, source: z.string().check(z.minLength(1)) })),
});
export type Prices = z.output<typeof pricesSchema>;
