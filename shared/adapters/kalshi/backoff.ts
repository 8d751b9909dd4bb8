/** Full jitter: a random share of a ceiling that doubles with each attempt (0, 1, …). ms. Source: AWS architecture blog, 2015. */
export function fullJitter(attempt: number, random: () => number, base = 250, cap = 8000): number {
  return Math.floor(random() * Math.min(cap, base * 2 ** attempt));
}
