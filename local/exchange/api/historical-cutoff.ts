import type { Millis } from '../../../shared/domain/money.ts';
import type { Venue } from '../venue.ts';

/** Before this, markets and trades are in the historical tier: three months back, or half of what the world remembers. */
export function historicalCutoff({ world }: Venue, now: Millis): Millis {
  return Math.max(now - 90 * 86_400_000, world.earliest + (world.start - world.earliest) / 2);
}
