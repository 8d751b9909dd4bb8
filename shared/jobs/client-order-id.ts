import type { Digest } from '../ports/digest.ts';

/** Marks an order as ours. Fills carry no client id, so orders with this prefix tell automated from made by hand. */
export const ORDER_PREFIX = 'k1-';

/** The same decision gives the same id, on any machine, in any run: 160 bits of its hash in base 32. Source: B18. */
export function clientOrderId(key: string, digest: Digest): string {
  const bits = BigInt(`0x${digest(key).slice(0, 40)}`);
  return `${ORDER_PREFIX}${bits.toString(32).padStart(32, '0')}`;
}
