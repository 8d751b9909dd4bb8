/** JSON text that is the same for values that are equal as JSON: keys sorted, what JSON leaves out left out. */
export function canonicalJson(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, part: unknown) => (isPlain(part) ? sorted(part) : part));
}

function sorted(part: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isPlain(part: unknown): part is Readonly<Record<string, unknown>> {
  return typeof part === 'object' && part !== null && !Array.isArray(part);
}
