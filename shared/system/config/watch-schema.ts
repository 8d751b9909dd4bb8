import * as z from 'zod/mini';
import type { AlertKind } from '../../domain/words/alert.ts';
import { alertKinds } from '../../domain/words/alert.ts';
import { channels } from '../../domain/words/noise.ts';
import { count, positive, price, setting, share } from './setting.ts';

const delivery = z.union([z.enum(['now', 'digest', 'off']), z.strictObject({ afterMinutes: z.number().check(z.gte(0)) })]);
const noiseRow = z.partialRecord(z.enum(channels), delivery);
const kinds = Object.keys(alertKinds) as [AlertKind, ...AlertKind[]];

/** Who is told what, and what is worth telling. */
export const alerts = z.strictObject({
  checkMinutes: setting(z.int().check(z.gte(1), z.lte(1440)), 10),
  repeatHours: setting(positive, 6),
  resolveAfterMinutes: setting(z.number().check(z.gte(0)), 10),
  noise: setting(z.partialRecord(z.enum(kinds), noiseRow), {}),
  warnings: setting(noiseRow, {}),
  minVolume: setting(z.number().check(z.gte(0)), 5000),
  drop: setting(share, 0.1),
  spread: setting(price, 0.02),
  newDays: setting(positive, 7),
  noTradeDays: setting(positive, 3),
});

/** Where a risk check warns and where it is critical; times as the timetable demands. Source: seed 000. */
export const health = z.strictObject({
  threshold: setting(z.number().check(z.gte(0), z.lte(100)), 50),
  cashWarning: setting(share, 0.15),
  cashCritical: setting(share, 0.1),
  inUseWarning: setting(share, 0.8),
  inUseCritical: setting(share, 0.9),
  positions: setting(count, 12),
  largestPosition: setting(share, 0.1),
  winRateGap: setting(share, 0.2),
  winRateTrades: setting(count, 10),
  drawdownWarning: setting(share, 0.05),
  drawdownCritical: setting(share, 0.1),
  exitless: setting(share, 0.25),
});
