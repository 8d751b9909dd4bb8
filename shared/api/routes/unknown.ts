/** Unknown as JSON says it. */
export function orNull<A, B>(value: A | undefined, convert: (value: A) => B): B | null {
  return value === undefined ? null : convert(value);
}

export function isoTime(at: number): string {
  return new Date(at).toISOString();
}

/** What could not be read is unknown; the part that asked says so. */
export async function orUnknown<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch {
    return undefined;
  }
}
