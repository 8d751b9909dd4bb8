import type { Usd } from '../domain/money.ts';
import { usd } from './config/domain-settings.ts';
import type { Parts } from './parts.ts';

/** What the cloud costs a month: what the configuration says, and nothing on one machine, whose clock `npm start` sets. */
export function cloudPerMonth({ config, environment }: Parts): Usd {
  return environment.PILOT_CLOCK === undefined ? usd(config.costs.cloudMonthly) : (0 as Usd);
}
