import { ExchangeError } from '../../ports/exchange-error.ts';
import { getAccountLimits } from './endpoints/get-account-limits.ts';
import { getEndpointCosts } from './endpoints/get-endpoint-costs.ts';
import type { Transport } from './transport.ts';

/** What the account may do, or why that is not known and the Basic tier is assumed. */
export type LearnedLimits = { readonly tier: string | undefined } | { readonly assumed: string };

/** Sizes the limiter from the account's own limits and the exchange's list of costs. */
export async function learnLimits(transport: Transport): Promise<LearnedLimits> {
  try {
    const [{ read, write, usage_tier }, costs] = await Promise.all([
      transport.call(getAccountLimits, {}),
      transport.call(getEndpointCosts, {}),
    ]);
    transport.limiter.resize({
      read: { refill: read.refill_rate, capacity: read.bucket_capacity },
      write: { refill: write.refill_rate, capacity: write.bucket_capacity },
    });
    transport.setCosts(costs.endpoint_costs);
    return { tier: usage_tier };
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    return { assumed: error.message };
  }
}
