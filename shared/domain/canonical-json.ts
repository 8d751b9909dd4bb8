/** JSON text that is the same for values that are equal as JSON: keys sorted, what JSON leaves out left out. */
export function canonicalJson(value: unknown): string | undefined {
  return JSON.stringify(sorted(value));
}

/** A copy whose keys are in order. Made first and written after: asking for each part while writing takes twice as long. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('toJSON' in value) return sorted(JSON.parse(JSON.stringify(value)));
  if (Array.isArray(value)) return Array.from(value, sorted);
  const keys = Object.keys(value).sort();
  const part = value as Readonly<Record<string, unknown>>;
  if (keys.includes('__proto__')) return Object.fromEntries(keys.map((key) => [key, sorted(part[key])]));
  const made: Record<string, unknown> = {};
  for (const key of keys) made[key] = sorted(part[key]);
  return made;
}
