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
  checkMinutes: setting(
    z.int().check(z.gte(1), z.lte(1440)),
    10,
    'whole minutes between two alert checks, on every host; deploy to change it there',
  ),
  repeatHours: setting(positive, 6, 'one alert per cause and channel in so many hours'),
  resolveAfterMinutes: setting(z.number().check(z.gte(0)), 10, 'minutes a cause must be gone before it is called resolved'),
  noise: setting(
    z.partialRecord(z.enum(kinds), noiseRow),
    {},
    'changes to the noise table: KIND to CHANNEL (dashboard, email, sms, webhook) to now, digest, off or {"afterMinutes": N}',
  ),
  warnings: setting(noiseRow, {}, 'the same for every alert of type WARNING'),
  minVolume: setting(z.number().check(z.gte(0)), 5000, 'markets are told about from this volume up, in the field of scan.volumeField'),
  drop: setting(share, 0.1, 'fall of a price within a day that is told (seed 003: 0.1)'),
  spread: setting(price, 0.02, 'a spread below this is told, in dollars (seed 003: 0.02)'),
  newDays: setting(positive, 7, 'new markets that end within so many days are told (seed 003: 7)'),
  noTradeDays: setting(positive, 3, 'days without an order that are told'),
});

/** Where a risk check warns and where it is critical; times as the timetable demands. Source: seed 000. */
export const health = z.strictObject({
  threshold: setting(z.number().check(z.gte(0), z.lte(100)), 50, 'a health score below this alerts'),
  cashWarning: setting(share, 0.15, 'share of value in cash below which the reserve is short'),
  cashCritical: setting(share, 0.1, 'share of value in cash below which it is critical'),
  inUseWarning: setting(share, 0.8, 'share of value in positions that warns'),
  inUseCritical: setting(share, 0.9, 'share of value in positions that is critical'),
  positions: setting(count, 12, 'more positions than this warn'),
  largestPosition: setting(share, 0.1, 'share of value in one market that warns'),
  winRateGap: setting(share, 0.2, 'distance of manual and automated win rates that warns'),
  winRateTrades: setting(count, 10, 'closed trades of each kind before they are compared'),
  drawdownWarning: setting(share, 0.05, 'share below the peak that warns (seed 003: 0.05)'),
  drawdownCritical: setting(share, 0.1, 'share below the peak that is critical'),
  exitless: setting(share, 0.25, 'share of positions nobody bids for that is critical'),
});
