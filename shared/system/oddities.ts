import type { Sighting } from '../adapters/kalshi/schema-canary.ts';
import type { ExchangeNews } from '../jobs/alerts/look-for-alerts.ts';

/** What the canary saw, by endpoint: fields that were missing, and those nobody has documented. */
export function odditiesOf(sightings: readonly Sighting[]): ExchangeNews['oddities'] {
  const byEndpoint = new Map<string, { readonly missing: string[]; readonly unknown: string[] }>();
  for (const { oddity, field } of sightings) {
    const dot = field.indexOf('.');
    const endpoint = dot === -1 ? field : field.slice(0, dot);
    const seen = byEndpoint.get(endpoint) ?? { missing: [], unknown: [] };
    (oddity === 'missing' ? seen.missing : seen.unknown).push(dot === -1 ? field : field.slice(dot + 1));
    byEndpoint.set(endpoint, seen);
  }
  return [...byEndpoint].map(([endpoint, seen]) => ({ endpoint, ...seen }));
}
