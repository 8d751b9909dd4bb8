import { type SnsChannelOptions, snsChannel } from '../adapters/sns/sns-channel.ts';
import type { Outlet } from '../jobs/alerts/deliver-alerts.ts';

/** One way out for all columns of the noise table that leave the house: one topic, on which listeners filter. */
export function alertOutlets(topic: SnsChannelOptions): readonly Outlet[] {
  return [{ channels: ['email', 'sms', 'webhook'], by: snsChannel(topic) }];
}
